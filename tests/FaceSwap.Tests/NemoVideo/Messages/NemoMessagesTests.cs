using FaceSwap.NemoVideo.Messages;
using FaceSwap.NemoVideo.Tokens;
using FaceSwap.Tests.Product;
using Xunit;

namespace FaceSwap.Tests.NemoVideo.Messages;

/// <summary>Which answers to the paid message prove that it did not run: only those permit another attempt.</summary>
public sealed class NemoMessagesTests
{
    [Theory]
    [InlineData(200, """{"code":2001,"message":"no credits"}""", NemoReplyKind.DidNotRun)]
    [InlineData(200, """{"code":1002}""", NemoReplyKind.DidNotRun)]
    [InlineData(200, """{"code":402}""", NemoReplyKind.DidNotRun)]
    [InlineData(400, """{"code":777}""", NemoReplyKind.DidNotRun)]
    [InlineData(401, "", NemoReplyKind.DidNotRun)]
    [InlineData(404, "<html>", NemoReplyKind.DidNotRun)]
    [InlineData(429, "", NemoReplyKind.DidNotRun)]
    [InlineData(408, "", NemoReplyKind.Unknown)]
    [InlineData(200, """{"code":408}""", NemoReplyKind.Unknown)]
    [InlineData(200, """{"code":0,"data":{}}""", NemoReplyKind.Unknown)]
    [InlineData(200, """{"code":777}""", NemoReplyKind.Unknown)]
    [InlineData(200, """{"code":503}""", NemoReplyKind.Unknown)]
    [InlineData(200, """{"code":"2001"}""", NemoReplyKind.Unknown)]
    [InlineData(200, "[]", NemoReplyKind.Unknown)]
    [InlineData(200, "<html>", NemoReplyKind.Unknown)]
    [InlineData(200, "", NemoReplyKind.Unknown)]
    [InlineData(302, "", NemoReplyKind.Unknown)]
    [InlineData(500, """{"code":2001}""", NemoReplyKind.Unknown)]
    [InlineData(502, "<html>", NemoReplyKind.Unknown)]
    [InlineData(503, """{"code":777}""", NemoReplyKind.Unknown)]
    [InlineData(504, """{"code":1002}""", NemoReplyKind.Unknown)]
    public async Task SendAsync_AnswerThatIsNoStream_IsARefusalOnlyWhereItProvesOne(int status, string body, NemoReplyKind expected)
    {
        using var backend = Answering(() => ScriptedBackend.Json(body, status));

        using var reply = await SendAsync(backend);

        Assert.Equal(expected, reply.Kind);
        Assert.Single(backend.Requests);
    }

    [Fact]
    public async Task SendAsync_ConnectionThatBreaksAfterTheBody_IsUnknown()
    {
        using var backend = Answering(() => throw new HttpRequestException("reset"));

        using var reply = await SendAsync(backend);

        Assert.Equal(NemoReplyKind.Unknown, reply.Kind);
    }

    private static ScriptedBackend Answering(Func<HttpResponseMessage> answer)
    {
        var backend = new ScriptedBackend();
        backend.On(ScriptedBackend.Message, answer);
        return backend;
    }

    private static async Task<NemoReply> SendAsync(ScriptedBackend backend)
    {
        using var http = new HttpClient(backend, disposeHandler: false) { BaseAddress = new Uri("http://backend.test/") };
        var messages = new NemoMessages(http, TimeProvider.System);
        return await messages.SendAsync(
            new NemoToken("nmv_usr_test", "account", null), "1", "swap", TimeProvider.System.GetUtcNow().AddMinutes(1), TestContext.Current.CancellationToken);
    }
}
