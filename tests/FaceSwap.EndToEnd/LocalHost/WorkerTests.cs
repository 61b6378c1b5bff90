using System.Net;
using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Logs;
using FaceSwap.Testing.Media;
using FaceSwap.Testing.Time;
using NemoVideo.Simulator.Gates;
using NemoVideo.Simulator.Scenarios;
using Xunit;

namespace FaceSwap.EndToEnd.LocalHost;

/// <summary>The published app as its genuine worker process, under the genuine Durable extension over Azurite: what every run of the tests proves of it.</summary>
public sealed class WorkerTests(AzuriteFixture azurite)
{
    // More than the web server's own limit, less than the app's.
    private const int LargeBytes = 31_000_000;

    [Fact]
    public async Task Job_WithFiles_CompletesInAWorkerThatLoadedEveryFunction()
    {
        await using var rig = await Rig.StartAsync(azurite);

        await rig.CompletedOnceAsync(await rig.Jobs.SubmitAsync());

        Assert.Contains(rig.Host.Log.Lines, line => line.Contains($"runs {FunctionTasks.All.Count} functions", StringComparison.Ordinal));
        LogAssert.NothingUnexpected(rig.Log);
    }

    [Fact]
    public async Task Stream_LongerThanTheFunctionTimeout_IsLeftAndTheEditFound()
    {
        await using var rig = await Rig.StartAsync(azurite, ("AzureFunctionsJobHost__functionTimeout", "00:00:06"));
        var hold = new Hold { At = Point.MessageStreaming, Gate = "timeout" };
        await rig.Backend.Control.ChooseAsync(new Scenario { NextSessions = 1, Holds = [hold] });
        var id = await rig.Jobs.SubmitAsync();
        await rig.Backend.Control.WaitForGateAsync(hold.Gate);

        await Eventually.HoldsAsync(
            () => rig.Log.Lines.Any(line => line.Contains("exceeded by function 'SendInstruction'", StringComparison.Ordinal)), "the function runs out of time");
        await rig.Backend.Control.ReleaseGateAsync(hold.Gate);

        await rig.CompletedOnceAsync(id);
    }

    // The platform's proxy repeats a request to the worker, under the same id, where the connection fails. The host announces an
    // invocation once, and a request by itself starts nothing: one that is repeated cannot start a second job.
    [Fact]
    public async Task Post_ToTheWorkerWithoutAnInvocation_StartsNothing()
    {
        await using var rig = await Rig.StartAsync(azurite);
        using var worker = new HttpClient { BaseAddress = rig.Host.WorkerAddress() };
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/jobs")
        {
            Content = rig.Jobs.Form(("video", "clip.mp4", SampleMedia.Clip), ("face", "face.jpg", SampleMedia.FaceJpeg)),
            Headers = { { "x-ms-invocation-id", $"{Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}" }, { "Authorization", $"Bearer {rig.Token}" } },
        };

        using var answer = await worker.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Empty((await rig.Jobs.GetAsync("api/jobs")).Body["jobs"]!.AsArray());
    }

    [Fact]
    public async Task Reply_InChineseLongerThanACustomStatusMayBe_IsShownWhole()
    {
        await using var rig = await Rig.StartAsync(azurite);
        var reply = string.Concat(Enumerable.Range(1, 110).Select(number => $"第{number}个画面中的脸已经换好了。"));
        await rig.Backend.Control.ChooseAsync(new Scenario { Reply = reply });

        var id = await rig.Jobs.SubmitAsync();
        await rig.CompletedOnceAsync(id);

        var (_, job) = await rig.Jobs.GetAsync($"api/jobs/{id}");
        Assert.Contains("第110个画面", (string?)job["edit"]!["reply"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_OfThirtyOneMegabytes_IsTakenInAndCompletes()
    {
        await using var rig = await Rig.StartAsync(azurite);
        byte[] large = [.. SampleMedia.Clip, .. new byte[LargeBytes]];
        using var form = rig.Jobs.Form(("video", "large.mp4", large), ("face", "face.jpg", SampleMedia.FaceJpeg));

        var (status, answer) = await rig.Jobs.PostAsync(form);
        Assert.True(status == 202, answer.ToJsonString());
        var id = (string)answer["id"]!;
        await rig.Jobs.WaitForCompletionAsync(id);

        Assert.Equal(large.Length, (await rig.Jobs.DownloadAsync(id)).Length);
    }

    [Fact]
    public async Task Submit_OfMoreThanAFormMayCarry_IsToldToUpload()
    {
        await using var rig = await Rig.StartAsync(azurite);
        using var form = rig.Jobs.Form(("video", "large.mp4", [.. SampleMedia.Clip, .. new byte[34_000_000]]), ("face", "face.jpg", SampleMedia.FaceJpeg));

        var (status, problem) = await rig.Jobs.PostAsync(form);

        Assert.Equal((413, "media_too_large"), (status, (string?)problem["code"]));
        Assert.Contains("POST /api/uploads", (string?)problem["remedy"], StringComparison.Ordinal);
    }
}
