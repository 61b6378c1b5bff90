using System.Text.Json.Nodes;
using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Media;
using NemoVideo.Simulator.Gates;
using NemoVideo.Simulator.Scenarios;
using Xunit;

namespace FaceSwap.EndToEnd;

/// <summary>Jobs that their caller deletes, over real instances, blobs and deliveries.</summary>
public sealed class DeleteTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Delete_OfAJobThatHasEnded_LeavesNothingOfItButItsUsedKey()
    {
        await using var rig = await Rig.StartInProcessAsync(azurite);
        var kept = await rig.Jobs.SubmitAsync();
        await rig.CompletedOnceAsync(kept);
        var id = (string)(await SubmitWithKeyAsync(rig)).Body["id"]!;
        await rig.CompletedOnceAsync(id);

        Assert.Equal(204, (await DeleteAsync(rig, id)).Status);

        Assert.Empty(rig.NamesOf(id));
        Assert.NotEmpty(rig.NamesOf(kept));
        var (_, deliveries) = await rig.Jobs.GetAsync("api/webhook-endpoints/default/deliveries");
        Assert.DoesNotContain(id, deliveries.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains(kept, deliveries.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(404, (await rig.Jobs.GetAsync($"api/jobs/{id}")).Status);
        Assert.Equal(404, (await DeleteAsync(rig, id)).Status);
        var (status, problem) = await SubmitWithKeyAsync(rig);
        Assert.Equal((410, "job_deleted"), (status, (string?)problem["code"]));
        var (_, list) = await rig.Jobs.GetAsync("api/jobs");
        Assert.Equal(kept, (string?)Assert.Single(list["jobs"]!.AsArray())!["id"]);
    }

    [Fact]
    public async Task Delete_OfARunningJob_CancelsItFirst()
    {
        await using var rig = await Rig.StartInProcessAsync(azurite);
        await rig.Backend.Control.ChooseAsync(new Scenario { Holds = [new Hold { At = Point.MessageStreaming, Gate = "stream" }] });
        var id = await rig.Jobs.SubmitAsync();
        await rig.Backend.Control.WaitForGateAsync("stream");

        var (status, body) = await DeleteAsync(rig, id);
        Assert.Equal((202, id), (status, (string?)body["id"]));

        await rig.GoneAsync(id);
        Assert.Single((await rig.Backend.Control.ReadLedgerAsync()).Messages);
    }

    private static Task<(int Status, JsonObject Body)> DeleteAsync(Rig rig, string id) =>
        rig.Jobs.SendAsync(new HttpRequestMessage(HttpMethod.Delete, $"api/jobs/{id}"));

    private static Task<(int Status, JsonObject Body)> SubmitWithKeyAsync(Rig rig)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "api/jobs")
        {
            Content = rig.Jobs.Form(("video", "clip.mp4", SampleMedia.Clip), ("face", "face.jpg", SampleMedia.FaceJpeg)),
        };
        request.Headers.Add("Idempotency-Key", "the key of a deleted job");
        return rig.Jobs.SendAsync(request);
    }
}
