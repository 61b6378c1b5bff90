using System.Net;
using System.Net.Http.Headers;
using FaceSwap.Errors;
using FaceSwap.NemoVideo.Credits;
using FaceSwap.NemoVideo.Transport;
using FaceSwap.Testing.Time;
using FaceSwap.Tests.Product;
using Xunit;

namespace FaceSwap.Tests.NemoVideo.Transport;

/// <summary>What a call to the backend carries, how long it is waited for, and when it is repeated.</summary>
public sealed class NemoTransportTests : IDisposable
{
    private const string Path = "api/some/call";
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;
    private readonly TestProduct product = new();

    public void Dispose() => product.Dispose();

    [Fact]
    public async Task Call_CarriesTokenAndAttribution_ToTheConfiguredAddress()
    {
        HttpRequestMessage? seen = null;
        product.Backend.On(Path, request =>
        {
            seen = request;
            return Task.FromResult(ScriptedBackend.Json("""{"code":0}"""));
        });

        await GetAsync();

        Assert.Equal(new Uri("https://backend.test/api/some/call"), seen!.RequestUri);
        Assert.Equal("Bearer a configured token", seen.Headers.Authorization!.ToString());
        Assert.Equal(
            ["video-face-swap", "1.9", "unknown"],
            [seen.Headers.GetValues("X-Skill-Source").Single(), seen.Headers.GetValues("X-Skill-Version").Single(), seen.Headers.GetValues("X-Skill-Platform").Single()]);
    }

    [Fact]
    public async Task Address_WithAPath_KeepsIt()
    {
        using var deeper = new TestProduct(settings: ("Nemo:BaseUrl", "https://backend.test/v2/"));
        deeper.Backend.On("v2/api/some/call", () => ScriptedBackend.Json("""{"code":0}"""));

        using var answer = await deeper.Get<NemoTransport>().GetAsync(Path, Cancellation);

        Assert.Equal(["GET v2/api/some/call"], deeper.Backend.Requests);
    }

    [Fact]
    public async Task Post_CarriesItsJson()
    {
        string? body = null;
        MediaTypeHeaderValue? type = null;
        product.Backend.On(Path, async request =>
        {
            (body, type) = (await request.Content!.ReadAsStringAsync(Cancellation), request.Content.Headers.ContentType);
            return ScriptedBackend.Json("""{"code":0}""");
        });

        using var answer = await product.Get<NemoTransport>().PostAsync(Path, "{\"a\":1}"u8.ToArray(), repeatable: false, Cancellation);

        Assert.Equal(("{\"a\":1}", "application/json", 0), (body, type!.ToString(), answer.RootElement.GetProperty("code").GetInt32()));
    }

    [Theory]
    [InlineData(null, 30)]
    [InlineData(7, 7)]
    [InlineData(120, 120)]
    public async Task RateLimit_IsWaitedForOnce_AsLongAsItSays(int? retryAfter, int seconds)
    {
        Answer(() => Limited(retryAfter), () => ScriptedBackend.Json("""{"code":0}"""));

        var call = GetAsync();
        await product.Time.PassAsync(TimeSpan.FromSeconds(seconds));

        await call;
        Assert.Equal(2, product.Backend.CountOf(Path));
    }

    [Fact]
    public async Task RateLimit_ASecondTime_IsTold()
    {
        Answer(() => Limited(7));

        var call = GetAsync();
        await product.Time.PassAsync(TimeSpan.FromSeconds(7));

        var failure = await Assert.ThrowsAsync<FaceSwapException>(() => call);
        Assert.Equal((ErrorCodes.RateLimited, TimeSpan.FromSeconds(7)), (failure.Code, failure.RetryAfter));
        Assert.Equal(2, product.Backend.CountOf(Path));
    }

    [Fact]
    public async Task RateLimit_LongerThanTwoMinutes_IsLeftToTheJob()
    {
        Answer(() => Limited(121));

        var failure = await Assert.ThrowsAsync<FaceSwapException>(() => GetAsync());

        Assert.Equal((ErrorCodes.RateLimited, TimeSpan.FromSeconds(121)), (failure.Code, failure.RetryAfter));
        Assert.Equal(1, product.Backend.CountOf(Path));
    }

    [Fact]
    public async Task RateLimit_UntilADate_IsWaitedForUntilThen()
    {
        var until = product.Time.GetUtcNow().AddSeconds(42);
        Answer(
            () => LimitedUntil(until),
            () => ScriptedBackend.Json("""{"code":0}"""));

        var call = GetAsync();
        await product.Time.PassAsync(TimeSpan.FromSeconds(42));

        await call;
    }

    [Fact]
    public async Task RateLimit_UntilADateThatHasPassed_CountsAsNone()
    {
        Answer(
            () => LimitedUntil(product.Time.GetUtcNow().AddSeconds(-1)),
            () => ScriptedBackend.Json("""{"code":0}"""));

        var call = GetAsync();
        await product.Time.PassAsync(TimeSpan.FromSeconds(30));

        await call;
    }

    [Theory]
    [InlineData(503, "")]
    [InlineData(500, """{"code":777}""")]
    [InlineData(200, """{"code":503}""")]
    [InlineData(408, "")]
    [InlineData(200, "<html>")]
    public async Task Failure_OfACallThatMayBeRepeated_IsRepeatedTwiceAfterGrowingWaits(int status, string body)
    {
        Answer(() => ScriptedBackend.Json(body, status));

        var call = GetAsync();
        await product.Time.PassWithinAsync(TimeSpan.FromSeconds(5));
        await product.Time.PassWithinAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(ErrorCodes.BackendUnavailable, (await Assert.ThrowsAsync<FaceSwapException>(() => call)).Code);
        Assert.Equal(3, product.Backend.CountOf(Path));
    }

    [Fact]
    public async Task Failure_OfACallThatMustNotBeRepeated_IsToldAtOnce()
    {
        Answer(() => ScriptedBackend.Json("", 503));

        var failure = await Assert.ThrowsAsync<FaceSwapException>(() => product.Get<NemoTransport>().PostAsync(Path, [], repeatable: false, Cancellation));

        Assert.Equal((ErrorCodes.BackendUnavailable, "The backend answered 503."), (failure.Code, failure.Message));
        Assert.Equal(1, product.Backend.CountOf(Path));
    }

    [Fact]
    public async Task Refusal_IsNeverRepeated()
    {
        Answer(() => ScriptedBackend.Json("""{"code":777}""", 400));

        Assert.Equal(ErrorCodes.BackendRefused, (await Assert.ThrowsAsync<FaceSwapException>(() => GetAsync())).Code);
        Assert.Equal(1, product.Backend.CountOf(Path));
    }

    [Theory]
    [InlineData(typeof(HttpRequestException))]
    [InlineData(typeof(IOException))]
    public async Task Connection_ThatBreaks_IsAFailureOfTheBackend(Type kind)
    {
        product.Backend.On(Path, _ => throw (Exception)Activator.CreateInstance(kind)!);

        var failure = await Assert.ThrowsAsync<FaceSwapException>(() => product.Get<NemoTransport>().PostAsync(Path, [], repeatable: false, Cancellation));

        Assert.Equal((ErrorCodes.BackendUnavailable, "The connection to the backend failed."), (failure.Code, failure.Message));
        Assert.IsType(kind, failure.InnerException);
    }

    [Fact]
    public async Task Silence_IsWaitedForAHundredSeconds()
    {
        product.Backend.On(Path, _ => new TaskCompletionSource<HttpResponseMessage>().Task);

        var call = product.Get<NemoTransport>().PostAsync(Path, [], repeatable: false, Cancellation);
        await product.Time.PassAsync(TimeSpan.FromSeconds(100));

        var failure = await Assert.ThrowsAsync<FaceSwapException>(() => call);
        Assert.Equal((ErrorCodes.BackendUnavailable, "The backend did not answer in time."), (failure.Code, failure.Message));
    }

    [Fact]
    public async Task Silence_OfACallWithALimitOfItsOwn_IsWaitedForAsLongAsThat()
    {
        product.Backend.On(Path, _ => new TaskCompletionSource<HttpResponseMessage>().Task);

        var call = product.Get<NemoTransport>().CallAsync(
            _ => ValueTask.FromResult(new HttpRequestMessage(HttpMethod.Post, Path)), repeatable: false, TimeSpan.FromMinutes(20), Cancellation);
        await product.Time.PassAsync(TimeSpan.FromMinutes(20));

        await Assert.ThrowsAsync<FaceSwapException>(() => call);
    }

    [Fact]
    public async Task Caller_WhoGivesUp_EndsTheCall()
    {
        product.Backend.On(Path, _ => new TaskCompletionSource<HttpResponseMessage>().Task);
        using var caller = new CancellationTokenSource();

        var call = product.Get<NemoTransport>().GetAsync(Path, caller.Token);
        await Eventually.HoldsAsync(() => product.Backend.CountOf(Path) == 1, "the call is made");
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task Token_ThatExpired_IsRenewedAndTheCallMadeAgain()
    {
        using var anonymous = new TestProduct(settings: TestProduct.Anonymous);
        List<string> tokens = [];
        anonymous.Backend.On(Path, request =>
        {
            tokens.Add(request.Headers.Authorization!.Parameter!);
            return Task.FromResult(tokens.Count == 1 ? ScriptedBackend.Json("""{"code":1001}""") : ScriptedBackend.Json("""{"code":0}"""));
        });

        using var answer = await anonymous.Get<NemoTransport>().GetAsync(Path, Cancellation);

        Assert.Equal(["token-1", "token-2"], tokens);
    }

    [Fact]
    public async Task Token_ThatIsRefusedAfterItsRenewal_IsTold()
    {
        using var anonymous = new TestProduct(settings: TestProduct.Anonymous);
        anonymous.Backend.On(Path, () => ScriptedBackend.Json("", 401));

        var failure = await Assert.ThrowsAsync<FaceSwapException>(() => anonymous.Get<NemoTransport>().GetAsync(Path, Cancellation));

        Assert.Equal(ErrorCodes.TokenExpired, failure.Code);
        Assert.Equal(2, anonymous.Backend.CountOf(Path));
    }

    [Fact]
    public async Task Token_ThatIsConfiguredAndRefused_IsNotReplaced()
    {
        Answer(() => ScriptedBackend.Json("", 401));

        Assert.Equal(ErrorCodes.TokenRejected, (await Assert.ThrowsAsync<FaceSwapException>(() => GetAsync())).Code);
        Assert.Equal(1, product.Backend.CountOf(Path));
    }

    [Fact]
    public async Task Credits_ThatDoNotSuffice_ComeWithAWayToGetMore()
    {
        Answer(() => ScriptedBackend.Json("""{"code":2001}"""));

        var failure = await Assert.ThrowsAsync<FaceSwapException>(() => GetAsync());

        Assert.Equal((ErrorCodes.InsufficientCredits, "Top up credits in your account."), (failure.Code, failure.Remedy));
    }

    [Fact]
    public async Task Open_HandsOnWhateverStatus_AndRenewsAnExpiredTokenOnce()
    {
        using var anonymous = new TestProduct(settings: TestProduct.Anonymous);
        var asked = 0;
        anonymous.Backend.On(Path, () => new HttpResponseMessage(++asked == 1 ? HttpStatusCode.Unauthorized : HttpStatusCode.NotFound));

        using var response = await anonymous.Get<NemoTransport>().OpenAsync(Path, Cancellation);

        Assert.Equal((HttpStatusCode.NotFound, 2), (response.StatusCode, asked));
        Assert.Equal("Bearer token-2", response.RequestMessage!.Headers.Authorization!.ToString());
    }

    [Theory]
    [InlineData("""{"code":0}""")]
    [InlineData("""{"code":0,"data":{"available":"many","frozen":0}}""")]
    [InlineData("""{"code":0,"data":3}""")]
    [InlineData("""{"code":0,"data":{"available":1e400,"frozen":0}}""")]
    public async Task Answer_OfAnotherShape_IsAFailureOfTheBackend(string json)
    {
        product.Backend.On(ScriptedBackend.Balance, () => ScriptedBackend.Json(json));

        var failure = await Assert.ThrowsAsync<FaceSwapException>(() => product.Get<NemoCredits>().ReadAsync(Cancellation));

        Assert.Equal((ErrorCodes.BackendUnavailable, "The backend's answer has another shape than documented."), (failure.Code, failure.Message));
    }

    private static HttpResponseMessage Limited(int? seconds) =>
        ScriptedBackend.Limited(seconds is { } asked ? TimeSpan.FromSeconds(asked) : null);

    private static HttpResponseMessage LimitedUntil(DateTimeOffset moment)
    {
        var refusal = ScriptedBackend.Limited();
        refusal.Headers.RetryAfter = new RetryConditionHeaderValue(moment);
        return refusal;
    }

    // One after another; the last stays.
    private void Answer(params Func<HttpResponseMessage>[] answers)
    {
        var asked = 0;
        product.Backend.On(Path, () => answers[Math.Min(asked++, answers.Length - 1)]());
    }

    private async Task GetAsync()
    {
        using var answer = await product.Get<NemoTransport>().GetAsync(Path, Cancellation);
    }
}
