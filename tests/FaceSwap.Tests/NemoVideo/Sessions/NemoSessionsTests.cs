using FaceSwap.Errors;
using FaceSwap.Media;
using FaceSwap.NemoVideo.Sessions;
using FaceSwap.Tests.Product;
using Xunit;

namespace FaceSwap.Tests.NemoVideo.Sessions;

public sealed class NemoSessionsTests
{
    private const string Upload = "api/upload-video/nemo_agent/me/session-1";
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("session-1", "session-1")]
    [InlineData("0198f0a4-7e6c-7c1c-9a53-1f2d3c4b5a69", "A_z-09")]
    public async Task Open_AnswerWithIds_GivesThem(string task, string session)
    {
        using var product = Answering(task, session);

        Assert.Equal(new NemoSession(task, session), await OpenAsync(product));
    }

    [Theory]
    [InlineData("../../me")]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("ä")]
    [InlineData("a?b")]
    [InlineData("")]
    public async Task Open_AnswerWhoseIdsWouldLeadElsewhere_IsNotTaken(string odd)
    {
        foreach (var (task, session) in ((string, string)[])[(odd, "session-1"), ("task-1", odd)])
        {
            using var product = Answering(task, session);

            var failure = await Assert.ThrowsAsync<FaceSwapException>(() => OpenAsync(product));

            Assert.Equal(ErrorCodes.BackendUnavailable, failure.Code);
        }
    }

    [Fact]
    public async Task Open_IdOfTheGreatestLength_IsTaken_AndOneLongerIsNot()
    {
        var longest = new string('a', 128);
        using var product = Answering(longest, longest);
        Assert.Equal(longest, (await OpenAsync(product)).SessionId);

        using var over = Answering(longest, $"{longest}a");
        await Assert.ThrowsAsync<FaceSwapException>(() => OpenAsync(over));
    }

    [Theory]
    [InlineData("""{"code":0,"data":{"session_state_applied":true}}""", true)]
    [InlineData("""{"code":0,"data":{"session_state_applied":false}}""", false)]
    [InlineData("""{"code":0,"data":{}}""", true)]
    [InlineData("""{"code":0}""", true)]
    public async Task Upload_SendsTheFilesWithTheirLengths_AndTellsWhetherTheyAreThere(string answer, bool isApplied)
    {
        using var product = await WithMediaAsync();
        var (body, length) = ("", (long?)null);
        product.Backend.On(Upload, async request =>
        {
            length = request.Content!.Headers.ContentLength;
            body = await request.Content.ReadAsStringAsync(Cancellation);
            return ScriptedBackend.Json(answer);
        });

        Assert.Equal(isApplied, await UploadAsync(product));

        Assert.Equal(body.Length, length);
        foreach (var (name, type, content) in ((string, string, string)[])[("video.mp4", "video/mp4", "the video"), ("face.jpg", "image/jpeg", "the face")])
        {
            Assert.Contains($"name=files; filename={name}", body, StringComparison.Ordinal);
            Assert.Contains($"Content-Type: {type}", body, StringComparison.Ordinal);
            Assert.Contains($"\r\n\r\n{content}\r\n", body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Upload_WhoseAnswerIsLost_IsNotMadeAgain()
    {
        using var product = await WithMediaAsync();
        product.Backend.On(Upload, () => ScriptedBackend.Json("", 503));

        Assert.Equal(ErrorCodes.BackendUnavailable, (await Assert.ThrowsAsync<FaceSwapException>(() => UploadAsync(product))).Code);
        Assert.Equal(1, product.Backend.CountOf(Upload));
    }

    [Fact]
    public async Task Upload_OfMediaThatCannotBeRead_IsABodyThatBreaksOff()
    {
        using var product = new TestProduct();
        product.Backend.On(Upload, async request =>
        {
            await request.Content!.ReadAsByteArrayAsync(Cancellation);
            return ScriptedBackend.Json("""{"code":0}""");
        });
        product.Blobs.Before = (_, path) => path.EndsWith("video.mp4", StringComparison.Ordinal) ? throw new HttpRequestException("away") : Task.CompletedTask;

        Assert.Equal(ErrorCodes.BackendUnavailable, (await Assert.ThrowsAsync<FaceSwapException>(() => UploadAsync(product))).Code);
    }

    [Theory]
    [InlineData("""{"code":0,"data":{"session_id":"session-1"}}""", "task_id")]
    [InlineData("""{"code":0,"data":{"task_id":"task-1","session_id":7}}""", "session_id")]
    public async Task Open_AnswerWithoutAnId_NamesIt(string answer, string missing)
    {
        using var product = new TestProduct();
        product.Backend.On(ScriptedBackend.Session, () => ScriptedBackend.Json(answer));

        var failure = await Assert.ThrowsAsync<FaceSwapException>(() => OpenAsync(product));

        Assert.Equal((ErrorCodes.BackendUnavailable, $"The backend answered a session without '{missing}'."), (failure.Code, failure.Message));
    }

    private static async Task<TestProduct> WithMediaAsync()
    {
        var product = new TestProduct();
        await product.Store.WriteAsync("jobs/job_1/input/video.mp4", "the video"u8.ToArray(), Cancellation);
        await product.Store.WriteAsync("jobs/job_1/input/face.jpg", "the face"u8.ToArray(), Cancellation);
        return product;
    }

    private static Task<bool> UploadAsync(TestProduct product) => product.Get<NemoSessions>().UploadAsync(
        "session-1",
        [
            new StagedMedia("jobs/job_1/input/video.mp4", "video.mp4", "video/mp4", "the video".Length, ""),
            new StagedMedia("jobs/job_1/input/face.jpg", "face.jpg", "image/jpeg", "the face".Length, ""),
        ],
        Cancellation);

    private static TestProduct Answering(string task, string session)
    {
        var product = new TestProduct();
        product.Backend.On(ScriptedBackend.Session, () => ScriptedBackend.Json($$$"""{"code":0,"data":{"task_id":"{{{task}}}","session_id":"{{{session}}}"}}"""));
        return product;
    }

    private static Task<NemoSession> OpenAsync(TestProduct product) => product.Get<NemoSessions>().OpenAsync("job_1", "en", Cancellation);
}
