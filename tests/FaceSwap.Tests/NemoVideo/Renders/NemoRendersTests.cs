using System.Text;
using FaceSwap.Errors;
using FaceSwap.NemoVideo.Renders;
using FaceSwap.NemoVideo.Sessions;
using FaceSwap.Tests.Product;
using Xunit;

namespace FaceSwap.Tests.NemoVideo.Renders;

/// <summary>Renders at the backend, how long they take, and links to its site.</summary>
public sealed class NemoRendersTests : IDisposable
{
    private const string Render = "api/render/proxy/lambda";
    private const string Poll = "api/render/proxy/lambda/render-1";
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;
    private readonly TestProduct product = new(settings: ("Nemo:WebUrl", "https://web.test/"));

    public void Dispose() => product.Dispose();

    [Fact]
    public async Task Submit_SendsTheDraftByteForByte()
    {
        string? body = null;
        product.Backend.On(Render, async request =>
        {
            body = await request.Content!.ReadAsStringAsync(Cancellation);
            return ScriptedBackend.Json("""{"code":0}""");
        });

        await SubmitAsync("""{ "t" : [ 1.00 ] }""");

        Assert.Equal("""{"id":"render-1","sessionId":"session-1","draft":{ "t" : [ 1.00 ] },"output":{"format":"mp4","quality":"high"}}""", body);
    }

    [Fact]
    public async Task Submit_RefusedForAnIdThatIsThere_IsASuccess()
    {
        product.Backend.On(Render, () => ScriptedBackend.Json("""{"code":777}""", 409));
        product.Backend.On(Poll, () => ScriptedBackend.Json("""{"status":"pending"}"""));

        await SubmitAsync();

        Assert.Equal(["POST api/render/proxy/lambda", "GET api/render/proxy/lambda/render-1"], product.Backend.Requests);
    }

    [Fact]
    public async Task Submit_RefusedForAnIdThatIsNotThere_IsARefusal()
    {
        product.Backend.On(Render, () => ScriptedBackend.Json("""{"code":777}""", 409));

        Assert.Equal((ErrorCodes.BackendRefused, "The backend answered 777."), await FailureAsync(() => SubmitAsync()));
    }

    [Fact]
    public async Task Submit_ThatMayNotBeExported_IsToldWithoutALook()
    {
        product.Backend.On(Render, () => ScriptedBackend.Json("", 402));

        Assert.Equal(ErrorCodes.ExportNotAllowed, (await FailureAsync(() => SubmitAsync())).Code);
        Assert.Single(product.Backend.Requests);
    }

    [Fact]
    public async Task Submit_WhoseAnswersWereLost_IsFoundByItsId()
    {
        product.Backend.On(Render, () => ScriptedBackend.Json("", 503));
        product.Backend.On(Poll, () => ScriptedBackend.Json("""{"data":{"status":"processing"}}"""));

        var submitting = SubmitAsync();
        await product.Time.PassWithinAsync(TimeSpan.FromSeconds(5));
        await product.Time.PassWithinAsync(TimeSpan.FromSeconds(10));

        await submitting;
        Assert.Equal(3, product.Backend.Requests.Count(request => request == $"POST {Render}"));
    }

    [Fact]
    public async Task Poll_ReadsTheRender()
    {
        product.Backend.On(Poll, () => ScriptedBackend.Json("""{"data":{"status":"completed","progress":100,"outputUrl":"https://cdn.test/v.mp4"}}"""));

        var reading = await product.Get<NemoRenders>().PollAsync("render-1", Cancellation);

        Assert.Equal(new RenderReading(RenderStatus.Completed, 100, "https://cdn.test/v.mp4"), reading);
    }

    [Fact]
    public async Task Cancel_IsAsked()
    {
        product.Backend.On($"{Poll}/cancel", () => ScriptedBackend.Json("""{"code":0}"""));

        await product.Get<NemoRenders>().CancelAsync("render-1", Cancellation);

        Assert.Equal([$"POST {Poll}/cancel"], product.Backend.Requests);
    }

    [Fact]
    public async Task Times_AreKeptUpToFortyTwo_TheNewestLast()
    {
        var times = product.Get<RenderTimesStore>();
        Assert.Empty(await times.ReadAsync(Cancellation));

        foreach (var seconds in Enumerable.Range(1, 44))
        {
            await times.ObserveAsync(TimeSpan.FromSeconds(seconds), Cancellation);
        }

        Assert.Equal(Enumerable.Range(3, 42).Select(seconds => TimeSpan.FromSeconds(seconds)), await times.ReadAsync(Cancellation));
    }

    [Fact]
    public async Task Times_ThatCannotBeWritten_AreNoLoss()
    {
        product.Blobs.Before = (_, _) => throw new IOException("storage is away");

        await product.Get<RenderTimesStore>().ObserveAsync(TimeSpan.FromSeconds(1), Cancellation);
    }

    [Fact]
    public void Times_ReplaceTheUsualRangeFromEightOn_InTheirOrder()
    {
        var usual = RenderTimes.Between(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(114));
        TimeSpan[] observed = [.. Enumerable.Range(1, 8).Reverse().Select(seconds => TimeSpan.FromSeconds(seconds))];

        Assert.Same(usual, RenderTimes.Of(observed[..7], usual));
        Assert.Equal(observed.Reverse(), RenderTimes.Of(observed, usual).Sorted);
        Assert.Equal((42, TimeSpan.FromSeconds(32), TimeSpan.FromSeconds(114)), (usual.Sorted.Count, usual.Sorted[0], usual.Sorted[^1]));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.25, 2)]
    [InlineData(0.26, 3)]
    [InlineData(0.5, 4)]
    [InlineData(1, 8)]
    public void Times_Quantile_IsTheTimeWithinWhichThatShareWasFinished(double share, int seconds) =>
        Assert.Equal(
            TimeSpan.FromSeconds(seconds),
            new RenderTimes([.. Enumerable.Range(1, 8).Select(time => TimeSpan.FromSeconds(time))]).Quantile(share));

    [Fact]
    public async Task ClaimLink_LeadsToTheSite_AndEndsWhenTheBackendSays()
    {
        string? body = null;
        product.Backend.On("api/auth/claim-token", async request =>
        {
            body = await request.Content!.ReadAsStringAsync(Cancellation);
            return ScriptedBackend.Json("""{"code":0,"data":{"claim_token":"a+b/c","expires_in":600}}""");
        });

        var link = await product.Get<ClaimLinks>().MakeAsync(new NemoSession("task-1", "session-1"), Cancellation);

        Assert.Equal(new ClaimLink(new Uri("https://web.test/workspace/claim?ct=a%2Bb%2Fc"), product.Time.GetUtcNow().AddMinutes(10)), link);
        Assert.Equal("""{"task_id":"task-1","session_id":"session-1"}""", body);
    }

    [Fact]
    public async Task ClaimLink_WithoutTheSite_IsTheOperatorsMatter()
    {
        using var without = new TestProduct();

        var failure = await Assert.ThrowsAsync<FaceSwapException>(() => without.Get<ClaimLinks>().MakeAsync(new NemoSession("task-1", "session-1"), Cancellation));

        Assert.Equal((ErrorCodes.NothingToContinue, "Operator: set Nemo:WebUrl."), (failure.Code, failure.Remedy));
        Assert.Empty(without.Backend.Requests);
    }

    private Task SubmitAsync(string draft = "{}") =>
        product.Get<NemoRenders>().SubmitAsync("render-1", "session-1", Encoding.UTF8.GetBytes(draft), Cancellation);

    private static async Task<(string Code, string Detail)> FailureAsync(Func<Task> call)
    {
        var failure = await Assert.ThrowsAsync<FaceSwapException>(call);
        return (failure.Code, failure.Message);
    }
}
