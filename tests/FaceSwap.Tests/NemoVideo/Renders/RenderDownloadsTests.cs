using System.IO.Pipelines;
using System.Net;
using FaceSwap.Errors;
using FaceSwap.Media;
using FaceSwap.NemoVideo.Renders;
using FaceSwap.Testing.Media;
using FaceSwap.Tests.Product;
using Xunit;

namespace FaceSwap.Tests.NemoVideo.Renders;

/// <summary>The finished video comes from its own address or by the backend's other way, and is stored whole or not at all.</summary>
public sealed class RenderDownloadsTests : IDisposable
{
    private const string Fallback = "api/render/proxy/render-1/download";
    private const string Address = "https://cdn.test/v.mp4";
    private const string Result = "jobs/job_1/result/video.mp4";
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;
    private readonly TestProduct product = new();

    public void Dispose() => product.Dispose();

    [Fact]
    public async Task Video_AtItsAddress_IsStored_AndTheBackendIsNotAsked()
    {
        product.Web.On("v.mp4", Video);

        var stored = await StoreAsync(Address);

        Assert.Equal((Result, "video/mp4", (long)SampleMedia.Clip.Length), (stored.Blob, stored.ContentType, stored.Size));
        Assert.Equal(SampleMedia.Clip, product.Blobs[Result]);
        Assert.Empty(product.Backend.Requests);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(500)]
    public async Task Video_WhoseAddressDoesNotWork_ComesFromTheBackend(int status)
    {
        product.Web.On("v.mp4", () => new HttpResponseMessage((HttpStatusCode)status));
        product.Backend.On(Fallback, Video);

        await StoreAsync(Address);

        Assert.Equal(SampleMedia.Clip, product.Blobs[Result]);
        Assert.Equal([$"GET {Fallback}"], product.Backend.Requests);
    }

    [Fact]
    public async Task Video_WithoutAnAddress_ComesFromTheBackend()
    {
        product.Backend.On(Fallback, Video);

        await StoreAsync(null);

        Assert.Equal(SampleMedia.Clip, product.Blobs[Result]);
        Assert.Empty(product.Web.Requests);
    }

    [Fact]
    public async Task Backend_ThatRedirects_IsFollowedWithoutTheToken()
    {
        product.Backend.On(Fallback, () => new HttpResponseMessage(HttpStatusCode.Found) { Headers = { Location = new Uri("https://cdn.test/w.mp4") } });
        HttpRequestMessage? followed = null;
        product.Web.On("w.mp4", request =>
        {
            followed = request;
            return Task.FromResult(Video());
        });

        await StoreAsync(null);

        Assert.Equal(SampleMedia.Clip, product.Blobs[Result]);
        Assert.Null(followed!.Headers.Authorization);
    }

    [Fact]
    public async Task Backend_ThatHasNoVideo_IsSaid()
    {
        product.Backend.On(Fallback, () => ScriptedBackend.Json("", 404));

        Assert.Equal((ErrorCodes.ResultUnavailable, "The backend answered 404 for the finished video."), await FailureAsync());
        Assert.Null(product.Blobs[Result]);
    }

    [Fact]
    public async Task Backend_ThatAnswersSomethingElse_IsSaid()
    {
        product.Backend.On(Fallback, () => ScriptedBackend.Json("<html>not found</html>"));

        Assert.Equal((ErrorCodes.ResultUnavailable, "What the backend gave as the finished video is none. The result is of no known media format."), await FailureAsync());
    }

    [Fact]
    public async Task Backend_WhoseConnectionBreaks_IsSaid()
    {
        product.Backend.On(Fallback, _ => throw new HttpRequestException("reset"));

        Assert.Equal((ErrorCodes.ResultUnavailable, "The connection to the backend broke while the finished video was fetched."), await FailureAsync());
    }

    [Fact]
    public async Task Backend_ThatStopsSending_IsWaitedForAsLongAsAFetchMayTake()
    {
        var pipe = new Pipe();
        product.Backend.On(Fallback, () => new HttpResponseMessage { Content = new StreamContent(pipe.Reader.AsStream()) });

        var storing = FailureAsync();
        await product.Time.PassAsync(new MediaOptions().FetchTimeout);

        var (code, detail) = await storing;
        Assert.Equal(ErrorCodes.ResultUnavailable, code);
        Assert.StartsWith("The backend did not send the finished video within ", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Step_ThatIsEnded_IsNoFailureOfTheBackend()
    {
        using var step = new CancellationTokenSource();
        product.Backend.On(Fallback, async _ =>
        {
            await step.CancelAsync();
            return Video();
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => product.Get<RenderDownloads>().StoreAsync("job_1", "render-1", null, step.Token));
    }

    private static HttpResponseMessage Video() => new() { Content = new ByteArrayContent(SampleMedia.Clip) };

    private Task<StagedMedia> StoreAsync(string? address) => product.Get<RenderDownloads>().StoreAsync("job_1", "render-1", address, Cancellation);

    private async Task<(string Code, string Detail)> FailureAsync()
    {
        var failure = await Assert.ThrowsAsync<FaceSwapException>(() => StoreAsync(null));
        return (failure.Code, failure.Message);
    }
}
