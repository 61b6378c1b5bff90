using System.Net;
using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Media;
using FaceSwap.Testing.Time;
using NemoVideo.Simulator.Gates;
using NemoVideo.Simulator.Scenarios;
using Xunit;

namespace FaceSwap.EndToEnd.LocalHost;

/// <summary>How a host ends: told to, or because its worker crashes; and what becomes of the requests under way.</summary>
public sealed class EndTests(AzuriteFixture azurite)
{
    private const string Gate = "submission";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Worker_KilledThreeTimes_LosesNoJob_AndEndsTheHostWithTheReason()
    {
        await using var rig = await Rig.StartOwnAsync(azurite);
        var (gate, submitting) = await SubmitAndHoldAsync(rig);

        // The first time within a request whose job is in its paid stream.
        rig.Host.BeginKillWorker();
        using var answer = await submitting;
        Assert.Equal((HttpStatusCode.InternalServerError, ""), (answer.StatusCode, await answer.Content.ReadAsStringAsync(Token)));
        await rig.Host.WaitForNextWorkerAsync();
        Assert.Contains(rig.Log.Lines, line => line.Contains("ended with exit code 137.", StringComparison.Ordinal));
        await rig.Backend.Control.ReleaseGateAsync(gate);
        var (_, list) = await rig.Jobs.GetAsync("api/jobs");
        await rig.CompletedOnceAsync((string)Assert.Single(list["jobs"]!.AsArray())!["id"]!);

        await rig.Host.KillWorkerAsync();
        rig.Host.BeginKillWorker();

        Assert.Equal(1, await rig.Host.WaitForExitAsync(Soon));
        Assert.Single(rig.Log.Lines, line => line.StartsWith("The host stops: its worker ended or did not start 3 times, with less than 30 minutes between them.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Interrupt_WithARequestUnderWay_AnswersItAndNoOther()
    {
        await using var rig = await Rig.StartOwnAsync(azurite, ("LocalHost__ShutdownLimit", "00:01:00"));
        var (gate, submitting) = await SubmitAndHoldAsync(rig);

        rig.Host.BeginInterrupt();
        await Eventually.HoldsAsync(RefusesAsync, "the host takes no requests");
        await rig.Backend.Control.ReleaseGateAsync(gate);

        using var answer = await submitting;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(0, await rig.Host.WaitForExitAsync(Soon));
        await rig.Host.WaitForWorkerExitAsync();
        Assert.DoesNotContain(rig.Log.Lines, line => line.Contains("ended with exit code", StringComparison.Ordinal));

        async Task<bool> RefusesAsync()
        {
            using var client = rig.Host.CreateClient();
            try
            {
                using var taken = await client.GetAsync("api/jobs", Token);
                return false;
            }
            catch (HttpRequestException)
            {
                return true;
            }
        }
    }

    [Fact]
    public async Task Terminate_WithAStreamThatGoesOn_EndsAtTheLimit()
    {
        await using var rig = await Rig.StartOwnAsync(azurite, ("LocalHost__ShutdownLimit", "00:00:01"));
        await using var watched = await WatchedJob.StartAsync(rig);

        rig.Host.BeginTerminate();

        Assert.Equal(0, await rig.Host.WaitForExitAsync(Soon));
        await rig.Host.WaitForWorkerExitAsync();
    }

    [Fact]
    public async Task Worker_ToldToStop_EndsItsStreams()
    {
        await using var rig = await Rig.StartOwnAsync(azurite);
        await using var watched = await WatchedJob.StartAsync(rig);

        using var reader = new StreamReader(watched.Events);
        while (await reader.ReadLineAsync(Token) is { } line && line != "event: job")
        {
            // Until the stream shows the job.
        }

        rig.Host.BeginTerminateWorker();

        // A stream that is reset throws.
        Assert.DoesNotContain("\"completed\"", await reader.ReadToEndAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Terminate_ASecondTime_EndsAtOnce()
    {
        await using var rig = await Rig.StartOwnAsync(azurite, ("LocalHost__ShutdownLimit", "00:10:00"));
        await using var watched = await WatchedJob.StartAsync(rig);

        rig.Host.BeginTerminate();
        await Eventually.HoldsAsync(
            () =>
            {
                rig.Host.BeginTerminate();
                return !rig.Host.IsRunning;
            },
            "the host ends at once",
            Soon);

        Assert.Equal(143, await rig.Host.WaitForExitAsync(Soon));
        await rig.Host.WaitForWorkerExitAsync();
    }

    /// <summary>A submission that waits for its job, which stands still in its paid stream.</summary>
    private static async Task<(string Gate, Task<HttpResponseMessage> Submitting)> SubmitAndHoldAsync(Rig rig)
    {
        var hold = new Hold { At = Point.MessageStreaming, Gate = Gate };
        await rig.Backend.Control.ChooseAsync(new Scenario { NextSessions = 1, Holds = [hold] });
        var request = new HttpRequestMessage(HttpMethod.Post, "api/jobs")
        {
            Content = rig.Jobs.Form(("video", "clip.mp4", SampleMedia.Clip), ("face", "face.jpg", SampleMedia.FaceJpeg)),
            Headers = { { "Prefer", "wait=60" } },
        };
        var submitting = rig.Jobs.Http.SendAsync(request, Token);
        await rig.Backend.Control.WaitForGateAsync(Gate);
        return (Gate, submitting);
    }
}
