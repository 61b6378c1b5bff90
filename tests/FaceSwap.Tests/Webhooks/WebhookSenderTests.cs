using System.Net;
using System.Net.Http.Headers;
using System.Text;
using FaceSwap.Tests.Product;
using FaceSwap.Webhooks;
using Xunit;

namespace FaceSwap.Tests.Webhooks;

/// <summary>One attempt to deliver a message: what leaves, and what is made of each answer.</summary>
public sealed class WebhookSenderTests : IDisposable
{
    private const string Url = "https://receiver.test/hook?of=mine";
    private const string Path = "hook";
    private const string Body = """{"type":"job.completed","data":{"name":"Zoë"}}""";
    private static readonly string[] Secrets = [SecretOf(1), SecretOf(2), SecretOf(3)];
    private readonly TestProduct _product = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _product.Dispose();

    [Fact]
    public async Task Send_IsAPostOfTheBodyThatEverySecretSigns()
    {
        HttpRequestMessage? sent = null;
        byte[]? body = null;
        _product.Web.On(Path, async request =>
        {
            sent = request;
            body = await request.Content!.ReadAsByteArrayAsync(Token);
            return new HttpResponseMessage(HttpStatusCode.NoContent);
        });

        await SendAsync();

        Assert.Equal((HttpMethod.Post, Url), (sent!.Method, sent.RequestUri!.AbsoluteUri));
        Assert.Equal("application/json", sent.Content!.Headers.ContentType!.ToString());
        Assert.Equal(Body, Encoding.UTF8.GetString(body!));
        Assert.Equal("FaceSwapFunctions/1", sent.Headers.UserAgent.ToString());
        var (id, at, signatures) = (Header(sent, "webhook-id"), Header(sent, "webhook-timestamp"), Header(sent, "webhook-signature"));
        Assert.Equal("msg_1", id);
        Assert.Equal(_product.Time.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), at);
        Assert.Equal(Secrets.Length, signatures.Split(' ').Length);
        Assert.All(
            Secrets,
            secret => Assert.Equal(WebhookVerdict.Valid, WebhookSignature.Verify(secret, id, at, signatures, body, _product.Time.GetUtcNow())));
        Assert.Equal(WebhookVerdict.WrongSignature, WebhookSignature.Verify(SecretOf(4), id, at, signatures, body, _product.Time.GetUtcNow()));
    }

    [Theory]
    [InlineData(200, WebhookAttemptVerdict.Delivered)]
    [InlineData(204, WebhookAttemptVerdict.Delivered)]
    [InlineData(299, WebhookAttemptVerdict.Delivered)]
    [InlineData(300, WebhookAttemptVerdict.Retry)]
    [InlineData(304, WebhookAttemptVerdict.Retry)]
    [InlineData(400, WebhookAttemptVerdict.Retry)]
    [InlineData(404, WebhookAttemptVerdict.Retry)]
    [InlineData(409, WebhookAttemptVerdict.Retry)]
    [InlineData(410, WebhookAttemptVerdict.GivenUp)]
    [InlineData(411, WebhookAttemptVerdict.Retry)]
    [InlineData(500, WebhookAttemptVerdict.Retry)]
    public async Task Send_AnsweredWithAStatus_IsJudgedByIt(int status, WebhookAttemptVerdict verdict)
    {
        var started = _product.Time.GetUtcNow();
        _product.Web.On(Path, () =>
        {
            _product.Time.Advance(TimeSpan.FromSeconds(3));
            return ScriptedBackend.Json("", status);
        });

        Assert.Equal(new WebhookAttempt(verdict, started, TimeSpan.FromSeconds(3), status), await SendAsync());
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Send_Redirected_IsNotFollowed(int status)
    {
        _product.Web.On(Path, () =>
        {
            var redirect = ScriptedBackend.Json("", status);
            redirect.Headers.Location = new Uri("https://elsewhere.test/");
            return redirect;
        });

        var attempt = await SendAsync();

        Assert.Equal((WebhookAttemptVerdict.Retry, status), (attempt.Verdict, attempt.Status));
        Assert.Equal(["POST hook"], _product.Web.Requests);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(1025)]
    [InlineData(5000)]
    public async Task Send_OfTheAnswer_AKilobyteIsKept(int length)
    {
        var answer = new string('a', length);
        _product.Web.On(Path, () => new HttpResponseMessage { Content = new StringContent(answer) });

        Assert.Equal(length == 0 ? null : answer[..Math.Min(length, 1024)], (await SendAsync()).Answer);
    }

    [Fact]
    public async Task Send_WhoseAnswerBreaksOff_IsDeliveredAllTheSame()
    {
        _product.Web.On(Path, () => new HttpResponseMessage { Content = new StreamContent(new BrokenStream("tha", () => throw new IOException("Broken."))) });

        var attempt = await SendAsync();

        Assert.Equal((WebhookAttemptVerdict.Delivered, "tha"), (attempt.Verdict, attempt.Answer));
    }

    [Fact]
    public async Task Send_WhoseAnswerDripsUntilTheTimeIsOver_IsDeliveredAllTheSame()
    {
        _product.Web.On(Path, () => new HttpResponseMessage { Content = new StreamContent(new BrokenStream("tha", () => { })) });

        var sending = SendAsync();
        await _product.Time.PassAsync(TimeSpan.FromSeconds(15));

        var attempt = await sending;
        Assert.Equal((WebhookAttemptVerdict.Delivered, "tha", TimeSpan.FromSeconds(15)), (attempt.Verdict, attempt.Answer, attempt.Latency));
    }

    [Fact]
    public async Task Send_Unanswered_EndsAfterFifteenSeconds()
    {
        var started = _product.Time.GetUtcNow();
        _product.Web.On(Path, _ => new TaskCompletionSource<HttpResponseMessage>().Task);

        var sending = SendAsync();
        await _product.Time.PassAsync(TimeSpan.FromSeconds(15));

        Assert.Equal(
            new WebhookAttempt(WebhookAttemptVerdict.Retry, started, TimeSpan.FromSeconds(15), Problem: AttemptProblem.Timeout), await sending);
    }

    [Fact]
    public async Task Send_WithoutAConnection_IsTriedAgain()
    {
        _product.Web.On(Path, () => throw new HttpRequestException(HttpRequestError.ConnectionError));

        var attempt = await SendAsync();

        Assert.Equal((WebhookAttemptVerdict.Retry, null, AttemptProblem.Unreachable), (attempt.Verdict, attempt.Status, attempt.Problem));
    }

    [Theory]
    [InlineData("http://10.0.0.1/hook")]
    [InlineData("http://[::1]/hook")]
    [InlineData("ftp://receiver.test/hook")]
    [InlineData("no address")]
    public async Task Send_ToAnAddressThatIsNotAllowed_IsGivenUpAndNeverLeaves(string url)
    {
        var attempt = await SendAsync(url);

        Assert.Equal((WebhookAttemptVerdict.GivenUp, AttemptProblem.AddressRefused), (attempt.Verdict, attempt.Problem));
        Assert.Empty(_product.Web.Requests);
    }

    [Fact]
    public async Task Send_ToANameThatLeadsHome_IsGivenUp()
    {
        using var connecting = new TestProduct(settings: ("Network:AllowedRanges", ""));

        var attempt = await connecting.Get<WebhookSender>().SendAsync("msg_1", "http://localhost:9/hook", Body, Secrets, Token);

        Assert.Equal((WebhookAttemptVerdict.GivenUp, AttemptProblem.AddressRefused), (attempt.Verdict, attempt.Problem));
    }

    [Fact]
    public async Task Send_WhenTheHostEnds_TellsNothing()
    {
        using var host = new CancellationTokenSource();
        _product.Web.On(Path, async _ =>
        {
            await host.CancelAsync();
            return await new TaskCompletionSource<HttpResponseMessage>().Task;
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _product.Get<WebhookSender>().SendAsync("msg_1", Url, Body, Secrets, host.Token));
    }

    [Theory]
    [InlineData(429, 30, 30)]
    [InlineData(503, 30, 30)]
    [InlineData(503, 86_400, 86_400)]
    [InlineData(503, 86_401, 86_400)]
    [InlineData(429, null, null)]
    [InlineData(500, 30, null)]
    [InlineData(410, 30, null)]
    [InlineData(200, 30, null)]
    public async Task Send_AskedToWait_TellsHowLongAtMostADay(int status, int? asked, int? told)
    {
        foreach (var asDate in new[] { false, true })
        {
            _product.Web.On(Path, () =>
            {
                var answer = ScriptedBackend.Json("", status);
                answer.Headers.RetryAfter = asked is not { } seconds ? null
                    : asDate ? new RetryConditionHeaderValue(_product.Time.GetUtcNow().AddSeconds(seconds))
                    : new RetryConditionHeaderValue(TimeSpan.FromSeconds(seconds));
                return answer;
            });

            Assert.Equal(told is { } wait ? TimeSpan.FromSeconds(wait) : null, (await SendAsync()).RetryAfter);
        }
    }

    private static string SecretOf(byte fill) => "whsec_" + Convert.ToBase64String(Enumerable.Repeat(fill, 32).ToArray());

    private static string Header(HttpRequestMessage request, string name) => Assert.Single(request.Headers.GetValues(name));

    private Task<WebhookAttempt> SendAsync(string url = Url) => _product.Get<WebhookSender>().SendAsync("msg_1", url, Body, Secrets, Token);

    /// <summary>Gives a few letters and then, as it is told, breaks or says nothing until the reader gives up.</summary>
    private sealed class BrokenStream(string beginning, Action then) : Stream
    {
        private readonly MemoryStream _beginning = new(Encoding.UTF8.GetBytes(beginning));

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (await _beginning.ReadAsync(buffer, cancellationToken) is var read and > 0)
            {
                return read;
            }

            then();
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            return 0;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            _beginning.Dispose();
            base.Dispose(disposing);
        }
    }
}
