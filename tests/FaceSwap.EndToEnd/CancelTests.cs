using System.Text.Json.Nodes;
using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Host;
using FaceSwap.Testing.Media;
using FaceSwap.Testing.Time;
using NemoVideo.Simulator.Gates;
using NemoVideo.Simulator.Renders;
using NemoVideo.Simulator.Scenarios;
using Xunit;

namespace FaceSwap.EndToEnd;

/// <summary>Jobs that their caller cancels, over real processes: while media are fetched, within the paid message, and while a render is under way.</summary>
public sealed class CancelTests(AzuriteFixture azurite)
{
    private const string Gate = "stream";

    [Fact]
    public async Task Cancel_WhileMediaAreFetched_EndsTheJobUnpaidAndWithoutMedia()
    {
        await using var rig = await Rig.StartInProcessAsync(azurite);
        await using var media = await MediaServer.StartAsync();
        var never = new TaskCompletionSource();
        var id = await rig.Jobs.SubmitAsync(media.Pause("clip.mp4", SampleMedia.Clip, never.Task), media.Serve("face.jpg", SampleMedia.FaceJpeg));
        await InStageAsync(rig, id, "staging");

        Assert.Equal(202, await CancelAsync(rig, id));
        Assert.Equal(202, await CancelAsync(rig, id));

        var job = await rig.Jobs.WaitForEndAsync(id);
        Assert.Equal(("cancelled", "cancelled"), ((string?)job["status"], (string?)job["error"]!["code"]));
        await rig.ToldAsync(id);
        Assert.Equal("job.cancelled", (string?)JsonNode.Parse(rig.Receiver.Received[^1].Body.Span)!["type"]);
        Assert.Empty((await rig.Backend.Control.ReadLedgerAsync()).Messages);
        await Eventually.HoldsAsync(() => !rig.Container.GetBlobs(new() { Prefix = $"jobs/{id}/input/" }).Any(), "no media remain");
        Assert.Equal(409, await CancelAsync(rig, id));
    }

    [Fact]
    public async Task Cancel_WithinThePaidMessage_LeavesTheStreamAndSaysThatItMayBeCharged()
    {
        await using var rig = await Rig.StartInProcessAsync(azurite);
        var hold = new Hold { At = Point.MessageStreaming, Gate = Gate };
        await rig.Backend.Control.ChooseAsync(new Scenario { Holds = [hold], OnDisconnect = OnDisconnect.Cancel });
        var id = await rig.Jobs.SubmitAsync();
        await rig.Backend.Control.WaitForGateAsync(Gate);

        Assert.Equal(202, await CancelAsync(rig, id));

        await rig.CancelledInDoubtAsync(id);
    }

    [Fact]
    public async Task Cancel_WhileRendering_CancelsTheRender_AndTheEditCanStillBeHad()
    {
        await using var rig = await Rig.StartInProcessAsync(azurite);
        await rig.Backend.Control.ChooseAsync(new Scenario { Timings = new Dictionary<Phase, int> { [Phase.RenderQueue] = 600_000 } });
        var id = await rig.Jobs.SubmitAsync();
        await InStageAsync(rig, id, "rendering");
        await Eventually.HoldsAsync(async () => (await rig.Backend.Control.ReadLedgerAsync()).Renders.Count == 1, "the render is under way");

        Assert.Equal(202, await CancelAsync(rig, id));

        var job = await rig.Jobs.WaitForEndAsync(id);
        Assert.Equal(("cancelled", "cancelled"), ((string?)job["status"], (string?)job["error"]!["code"]));
        Assert.Contains("export", (string)job["error"]!["remedy"]!, StringComparison.Ordinal);
        await Eventually.HoldsAsync(
            async () => (await rig.Backend.Control.ReadLedgerAsync()).Renders.Single().Status == RenderStatus.Cancelled, "the render is cancelled");
    }

    private static Task InStageAsync(Rig rig, string id, string stage) => Eventually.HoldsAsync(
        async () => (string?)(await rig.Jobs.GetAsync($"api/jobs/{id}")).Body["status"] == stage, $"the job is {stage}", AppHost.JobLimit);

    private static async Task<int> CancelAsync(Rig rig, string id)
    {
        var (status, body) = await rig.Jobs.PostAsync($"api/jobs/{id}/cancel", "");
        Assert.Equal(status == 202 ? id : "job_ended", (string?)(status == 202 ? body["id"] : body["code"]));
        return status;
    }
}
