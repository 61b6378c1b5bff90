using System.Text;
using CsCheck;
using FaceSwap.NemoVideo.Messages;
using Xunit;

namespace FaceSwap.Tests.NemoVideo.Messages;

public sealed class NemoEventStreamTests
{
    private const string Recorded =
        "data: {\"type\":\"text\",\"content\":\"Ich tausche das Gesicht – 正在换脸 🎬\"}\n\n"
        + ": a comment\n\n"
        + "data: {\"type\":\"heartbeat\"}\r\n\r\n"
        + "data:\n\n"
        + "id: 7\nevent: message\ndata: {\"content\":{\"parts\":[{\"text\":\"Fer\"}]},\"partial\":true}\n\n"
        + "data: {\"content\":{\"parts\":[{\"text\":\"Fertig\"}]},\"turnComplete\":true}\n\n"
        + "data: {\"content\":{\"parts\":[{\"functionCall\":{\"name\":\"edit\",\"args\":{}}}]}}\n\n"
        + "data: {\"type\":\"tool_result\",\"name\":\"edit\",\"result\":{}}\n\n"
        + "data: {\"type\":\"brand_new\"}\n\n"
        + "data: no json at all\n\n"
        + "data: {\"errorCode\":\"X\",\"errorMessage\":\"temporary\"}\n\n";

    // What stands between two empty lines, and what it is read as.
    private static readonly (string[] Lines, NemoEvent Event)[] Samples =
    [
        (["""data: {"type":"heartbeat"}"""], new(NemoEventKind.Heartbeat)),
        (["data:"], new(NemoEventKind.Heartbeat)),
        ([": a comment", "event: message", "id: 7", """data: {"type":"text","content":"正在换脸 🎬"}"""], new(NemoEventKind.Text, "正在换脸 🎬")),
        (["""data:{"content":{"parts":[{"text":"Fer"},{"text":"tig"}]},"partial":true}"""], new(NemoEventKind.Text, "Fertig", IsPartial: true)),
        (["data: {", """data: "type":"tool_call" """, "data: }"], new(NemoEventKind.Tool)),
        (["data: [", "data: ]"], new(NemoEventKind.Other)),
        (["""data: {"type":"error"}""", "retry: 10"], new(NemoEventKind.Failure)),
    ];

    private static readonly NemoEvent[] Expected =
    [
        new(NemoEventKind.Text, "Ich tausche das Gesicht – 正在换脸 🎬"),
        new(NemoEventKind.Heartbeat),
        new(NemoEventKind.Heartbeat),
        new(NemoEventKind.Text, "Fer", IsPartial: true),
        new(NemoEventKind.Text, "Fertig"),
        new(NemoEventKind.Tool),
        new(NemoEventKind.Tool),
        new(NemoEventKind.Other),
        new(NemoEventKind.Other),
        new(NemoEventKind.Failure),
    ];

    [Fact]
    public async Task Read_RecordedStream_GivesEveryEvent() => Assert.Equal(Expected, await ReadAsync(int.MaxValue));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(17)]
    [InlineData(64)]
    public async Task Read_EqualPieces_GivesTheSameEvents(int chunk) => Assert.Equal(Expected, await ReadAsync(chunk));

    [Theory]
    [InlineData("{\"type\":\"heartbeat\",\"at\":1}", NemoEventKind.Heartbeat)]
    [InlineData("{\"type\":\"text\"}", NemoEventKind.Text)]
    [InlineData("{\"type\":\"text\",\"content\":\"\\ud83d\"}", NemoEventKind.Other)]
    [InlineData("{\"error\":\"boom\"}", NemoEventKind.Failure)]
    [InlineData("{\"error\":null}", NemoEventKind.Other)]
    [InlineData("{\"content\":null}", NemoEventKind.Other)]
    [InlineData("{\"content\":{\"parts\":[null]}}", NemoEventKind.Other)]
    [InlineData("{\"content\":{\"parts\":[{\"functionResponse\":{\"name\":\"x\"}}]}}", NemoEventKind.Tool)]
    [InlineData("[]", NemoEventKind.Other)]
    [InlineData("3", NemoEventKind.Other)]
    [InlineData("{\"type\":5}", NemoEventKind.Other)]
    [InlineData("{\"type\":", NemoEventKind.Other)]
    public void Parse_OddData_IsClassifiedWithoutFailing(string data, NemoEventKind kind) =>
        Assert.Equal(kind, NemoEventParser.Parse(Encoding.UTF8.GetBytes(data)).Kind);

    [Fact]
    public async Task Read_AnyEventsWithAnyLineEndsAndAnySplit_GivesTheSameEvents()
    {
        var lineEnd = Gen.OneOf("\n", "\r\n", "\r");
        await Gen.Select(Gen.Int[0, Samples.Length - 1].Array[0, 12], lineEnd, Gen.Int[1, 40].Array[1, 20]).SampleAsync(
            async (chosen, end, sizes) =>
            {
                var wire = string.Concat(chosen.Select(sample => string.Concat(Samples[sample].Lines.Select(line => line + end)) + end));
                var size = 0;

                var events = await ReadAsync(wire, () => sizes[size++ % sizes.Length]);

                return events.SequenceEqual(chosen.Select(sample => Samples[sample].Event));
            },
            iter: 1000);
    }

    private static Task<List<NemoEvent>> ReadAsync(int chunk) => ReadAsync(Recorded, () => chunk);

    private static async Task<List<NemoEvent>> ReadAsync(string wire, Func<int> chunk)
    {
        var response = new HttpResponseMessage { Content = new StreamContent(new ChunkedStream(Encoding.UTF8.GetBytes(wire), chunk)) };
        using var reply = NemoReply.Streaming(response);
        var events = new List<NemoEvent>();
        await foreach (var item in reply.ReadAsync(TestContext.Current.CancellationToken))
        {
            events.Add(item);
        }

        return events;
    }

    private sealed class ChunkedStream(byte[] content, Func<int> chunk) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(chunk(), buffer.Length)], cancellationToken);
    }
}
