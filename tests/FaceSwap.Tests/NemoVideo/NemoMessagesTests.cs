using System.Net;
using System.Text;
using FaceSwap.NemoVideo.Messages;
using FaceSwap.NemoVideo.Tokens;
using Xunit;

namespace FaceSwap.Tests.NemoVideo;

/// <summary>Which answers to the paid message prove that it did not run: only those permit another attempt.</summary>
public sealed class NemoMessagesTests
{
    [Theory]
    [InlineData(200, """{"code":2001,"message":"no credits"}""", NemoReplyKind.Refused)]
    [InlineData(200, """{"code":1002}""", NemoReplyKind.Refused)]
    [InlineData(200, """{"code":402}""", NemoReplyKind.Refused)]
    [InlineData(400, """{"code":777}""", NemoReplyKind.Refused)]
    [InlineData(401, "", NemoReplyKind.Refused)]
    [InlineData(404, "<html>", NemoReplyKind.Refused)]
    [InlineData(429, "", NemoReplyKind.Refused)]
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
        using var backend = new Backend(() => new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") });

        using var reply = await SendAsync(backend);

        Assert.Equal(expected, reply.Kind);
        Assert.Equal(1, backend.Requests);
    }

    [Fact]
    public async Task SendAsync_ConnectionThatBreaksAfterTheBody_IsUnknown()
    {
        using var backend = new Backend(() => throw new HttpRequestException("reset"));

        using var reply = await SendAsync(backend);

        Assert.Equal(NemoReplyKind.Unknown, reply.Kind);
    }

    private static async Task<NemoReply> SendAsync(Backend backend)
    {
        using var http = new HttpClient(backend, disposeHandler: false) { BaseAddress = new Uri("http://backend.test/") };
        var messages = new NemoMessages(http, TimeProvider.System);
        return await messages.SendAsync(
            new NemoToken("nmv_usr_test", "account", null), "1", "swap", TimeProvider.System.GetUtcNow().AddMinutes(1), TestContext.Current.CancellationToken);
    }

    /// <summary>Takes the whole body, and answers.</summary>
    private sealed class Backend(Func<HttpResponseMessage> answer) : HttpMessageHandler
    {
        public int Requests { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;
            await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
            return answer();
        }
    }
}
