using System.Net.ServerSentEvents;
using System.Text;
using FaceSwap.NemoVideo.Messages;
using Xunit;

namespace FaceSwap.Tests.NemoVideo;

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
    public async Task Parse_RecordedStream_GivesEveryEvent() => Assert.Equal(Expected, await ReadAsync(int.MaxValue));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(17)]
    [InlineData(64)]
    public async Task Parse_AnySplitOfTheBytes_GivesTheSameEvents(int chunk) => Assert.Equal(Expected, await ReadAsync(chunk));

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
    public async Task Parse_RandomSplitsOfTheBytes_GiveTheSameEvents()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var round = 0; round < 300; round++)
        {
            var events = await ReadAsync(() => random.Next(1, 40));

            Assert.True(Expected.SequenceEqual(events), $"seed {seed}, round {round}: {string.Join(" | ", events)}");
        }
    }

    private static Task<List<NemoEvent>> ReadAsync(int chunk) => ReadAsync(() => chunk);

    private static async Task<List<NemoEvent>> ReadAsync(Func<int> chunk)
    {
        await using var stream = new ChunkedStream(Encoding.UTF8.GetBytes(Recorded), chunk);
        var parser = SseParser.Create(stream, static (_, data) => NemoEventParser.Parse(data));
        var events = new List<NemoEvent>();
        await foreach (var item in parser.EnumerateAsync(TestContext.Current.CancellationToken))
        {
            events.Add(item.Data);
        }

        return events;
    }

    private sealed class ChunkedStream(byte[] content, Func<int> chunk) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(chunk(), buffer.Length)], cancellationToken);
    }
}
