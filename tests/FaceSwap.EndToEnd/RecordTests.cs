using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs.Specialized;
using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Media;
using FaceSwap.Testing.Time;
using Xunit;

namespace FaceSwap.EndToEnd;

/// <summary>What is left of a job to look at: its record, its timeline, and what is written on its result.</summary>
public sealed class RecordTests(RigFixture fixture, AzuriteFixture azurite) : IClassFixture<RigFixture>
{
    [Fact]
    public async Task Record_OfAJob_TellsItsProvenance_AndItsConsentIsPassedNowhere()
    {
        var rig = fixture.Rig;
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(SampleMedia.Clip), "video", "clip.mp4" },
            { new ByteArrayContent(SampleMedia.FaceJpeg), "face", "face.jpg" },
            { JsonContent.Create(JsonNode.Parse("""{"consent":{"by":"Ada Lovelace","statement":"That is me, and I agree."},"deadline":"PT2H"}""")), "request" },
        };
        var (status, started) = await rig.Jobs.PostAsync(form);
        Assert.True(status == 202, started.ToJsonString());
        var id = (string)started["id"]!;
        var job = await rig.Jobs.WaitForCompletionAsync(id);

        var record = await Eventually.GivesAsync(
            async () => await rig.Jobs.GetAsync($"api/jobs/{id}/record") is (200, var body) ? body : null, "the record is written");
        var (_, timeline) = await rig.Jobs.GetAsync($"api/jobs/{id}/timeline");

        Assert.Equal(("Ada Lovelace", "That is me, and I agree."), ((string?)record["consent"]!["by"], (string?)record["consent"]!["statement"]));
        Assert.Equal(((string?)job["result"]!["sha256"], rig.Backend.Address.Host), ((string?)record["result"]!["sha256"], (string?)record["backend"]));
        Assert.All(new[] { "video", "face" }, media => Assert.Equal(64, ((string?)record[media]!["sha256"])?.Length));
        Assert.NotEmpty((string)record["software"]!);
        Assert.DoesNotContain("Lovelace", job.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Lovelace", (await rig.Backend.Control.ReadLedgerAsync()).ToString(), StringComparison.Ordinal);

        var stages = timeline["stages"]!.AsArray();
        Assert.Equal(job["timeline"]!.AsArray().Select(entry => (string?)entry!["stage"]), stages.Select(stage => (string?)stage!["stage"]));
        Assert.Equal((double)timeline["seconds"]!, stages.Sum(stage => (double)stage!["seconds"]!), tolerance: 0.05);

        var facts = (await rig.Container.GetBlobBaseClient($"jobs/{id}/result/video.mp4").GetPropertiesAsync(cancellationToken: TestContext.Current.CancellationToken)).Value.Metadata;
        Assert.Equal("true", facts["synthetic"]);
    }

    [Fact]
    public async Task Edit_OnAnAccountThatNothingElseUses_TellsWhatItTook()
    {
        await using var rig = await Rig.StartInProcessAsync(azurite);
        var id = await rig.Jobs.SubmitAsync();

        var job = await rig.Jobs.WaitForCompletionAsync(id);

        var ledger = await rig.Backend.Control.ReadLedgerAsync();
        var price = Assert.Single(ledger.Messages).Charged;
        Assert.True(price > 0);
        Assert.Equal(price, (decimal?)job["edit"]!["credits"]);
        Assert.Equal(price, (decimal?)JsonNode.Parse(Assert.Single(await rig.Receiver.WaitForAsync(1)).Body.Span)!["data"]!["edit"]!["credits"]);
    }

    [Fact]
    public async Task Validation_OfASubmission_StartsAndChargesNothing()
    {
        var rig = fixture.Rig;
        var before = await rig.Backend.Control.ReadLedgerAsync();
        using var form = rig.Jobs.Form(("video", "clip.mp4", SampleMedia.Clip), ("face", "face.jpg", SampleMedia.FaceJpeg));

        var (status, valid) = await rig.Jobs.SendAsync(new HttpRequestMessage(HttpMethod.Post, "api/jobs?validate_only=true") { Content = form });

        Assert.Equal((200, "video/mp4", 100), (status, (string?)valid["video"], (int?)valid["estimate"]!["credits"]));
        Assert.Equal(before.Sessions.Count, (await rig.Backend.Control.ReadLedgerAsync()).Sessions.Count);
        Assert.Equal(422, (await rig.Jobs.PostAsync("api/jobs?validate_onyl=true", "{}")).Status);
        Assert.Equal(422, (await rig.Jobs.PostAsync("api/jobs?validate_only=yes", "{}")).Status);
    }

    [Fact]
    public async Task Submission_ThatContinuesAJob_EditsItsSession()
    {
        var rig = fixture.Rig;
        var first = await rig.Jobs.SubmitAsync();
        await rig.Jobs.WaitForCompletionAsync(first);

        var (status, started) = await rig.Jobs.PostAsync("api/jobs", $$"""{"continueFrom":"{{first}}","instruction":"add a title that says hello"}""");

        Assert.True(status == 202, started.ToJsonString());
        var second = await rig.Jobs.WaitForCompletionAsync((string)started["id"]!);
        Assert.Equal(first, (string?)second["continueFrom"]);
    }
}
