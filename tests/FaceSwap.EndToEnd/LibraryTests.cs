using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Host;
using FaceSwap.Testing.Media;
using FaceSwap.Testing.Time;
using Xunit;

namespace FaceSwap.EndToEnd;

/// <summary>Files that lie in the storage account already: named one by one, by a manifest, by the beginning of their names, and as they come.</summary>
public sealed class LibraryTests(AzuriteFixture azurite)
{
    private const string Library = "library-of-tests";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Prefix_MakesAnItemOfEveryVideo_WithTheFaceBesideIt()
    {
        var (rig, media) = await StartAsync();
        await using var ended = rig;
        await PutAsync(media, "monday/a.mp4", SampleMedia.Clip);
        await PutAsync(media, "monday/a.jpg", SampleMedia.FaceJpeg);
        await PutAsync(media, "monday/deep/b.MP4", SampleMedia.Clip);
        await PutAsync(media, "monday/notes.txt", [1, 2, 3]);
        await PutAsync(media, "tuesday/c.mp4", SampleMedia.Clip);
        await PutAsync(media, "faces/all.png", SampleMedia.FacePng);

        var id = await rig.SubmitBatchAsync(new JsonObject { ["prefix"] = "monday/", ["defaults"] = new JsonObject { ["face"] = "blob:faces/all.png" } });

        Assert.Equal(2, (int?)(await rig.WaitForBatchAsync(id))["counts"]!["completed"]);
        var results = await rig.ReadResultsAsync(id);
        Assert.Equal(["monday/a.mp4", "monday/deep/b.MP4"], results.Select(result => (string?)result["metadata"]!["file"]));
        var faces = new List<string?>();
        foreach (var result in results)
        {
            faces.Add((string?)(await rig.Jobs.GetAsync($"api/jobs/{result["jobId"]}/record")).Body["face"]!["contentType"]);
        }

        Assert.Equal(["image/jpeg", "image/png"], faces);
        await rig.PaidOnceEachAsync(results);
        Assert.Equal(SampleMedia.Clip, await rig.Jobs.DownloadAsync((string)results[0]["jobId"]!));
    }

    [Fact]
    public async Task Manifest_OfTheLibrary_AndAJob_NameFilesOfIt()
    {
        var (rig, media) = await StartAsync();
        await using var ended = rig;
        await PutAsync(media, "a.mp4", SampleMedia.Clip);
        await PutAsync(media, "face.jpg", SampleMedia.FaceJpeg);
        await PutAsync(media, "lists/items.csv", "video,face,instruction\nblob:a.mp4,blob:face.jpg,\nblob:a.mp4,blob:face.jpg,make it warmer\n"u8.ToArray());
        await PutAsync(media, "lists/bad.csv", "video,face\nblob:a.mp4,blob:gone.jpg\nblob:face.jpg,blob:face.jpg\n"u8.ToArray());

        var (refused, problem) = await rig.Jobs.PostAsync("api/batches", """{"manifest":"lists/bad.csv"}""");
        var id = await rig.SubmitBatchAsync(new JsonObject { ["manifest"] = "lists/items.csv", ["concurrency"] = 2 });
        var (status, job) = await rig.Jobs.PostAsync("api/jobs", """{"video":"blob:a.mp4","face":"blob:face.jpg"}""");

        Assert.Equal((422, "invalid_batch"), (refused, (string?)problem["code"]));
        Assert.Equal(
            [(2, "face", "blob_not_found"), (3, "video", "unsupported_format")],
            problem["items"]!.AsArray().Select(item => ((int)item!["line"]!, (string)item["column"]!, (string)item["code"]!)));
        Assert.True(status == 202, job.ToJsonString());
        await rig.Jobs.WaitForCompletionAsync((string)job["id"]!);
        var batch = await rig.WaitForBatchAsync(id);
        Assert.Equal((2, 2), ((int?)batch["counts"]!["completed"], (int?)batch["concurrency"]));
    }

    [Theory]
    [InlineData("""{"video":"blob:callers/x/a.mp4","face":"blob:face.jpg"}""")]
    [InlineData("""{"video":"blob:../a.mp4","face":"blob:face.jpg"}""")]
    [InlineData("""{"video":"blob:/a.mp4","face":"blob:face.jpg"}""")]
    [InlineData("""{"video":"blob:","face":"blob:face.jpg"}""")]
    [InlineData("""{"video":"blob:gone.mp4","face":"blob:face.jpg"}""")]
    public async Task File_OutsideOfTheCallersPart_IsNotThere(string body)
    {
        var (rig, media) = await StartAsync();
        await using var ended = rig;
        await PutAsync(media, "face.jpg", SampleMedia.FaceJpeg);
        await PutAsync(media, "callers/x/a.mp4", SampleMedia.Clip);

        var (status, problem) = await rig.Jobs.PostAsync("api/jobs", body);
        var (outside, refusal) = await rig.Jobs.PostAsync("api/batches", """{"prefix":"callers/x/","defaults":{"face":"blob:face.jpg"}}""");
        var (all, none) = await rig.Jobs.PostAsync("api/batches", """{"prefix":"","defaults":{"face":"blob:face.jpg"}}""");

        Assert.Equal((404, "blob_not_found"), (status, (string?)problem["code"]));
        Assert.Equal((404, "blob_not_found"), (outside, (string?)refusal["code"]));
        Assert.Equal((422, "invalid_request"), (all, (string?)none["code"]));
    }

    [Fact]
    public async Task Schedule_OfAPrefix_TakesEachNewFileOnce_AndWaitsForItsFace()
    {
        var (rig, media) = await StartAsync();
        await using var ended = rig;
        await PutAsync(media, "in/1.mp4", SampleMedia.Clip);
        await PutAsync(media, "in/1.jpg", SampleMedia.FaceJpeg);
        await PutAsync(media, "in/2.mp4", SampleMedia.Clip);

        var (status, schedule) = await rig.Jobs.PostAsync("api/schedules", """{"cron":"* * * * * *","overlap":"queue","batch":{"prefix":"in/"}}""");
        Assert.True(status == 201, schedule.ToJsonString());
        Assert.Equal(("in/", null), ((string?)schedule["prefix"], schedule["items"]));
        var id = (string)schedule["id"]!;
        await TakenAsync(rig, id, "in/1.mp4");

        await PutAsync(media, "in/2.png", SampleMedia.FacePng);
        await TakenAsync(rig, id, "in/1.mp4", "in/2.mp4");

        // A file that is put there anew is another one.
        await PutAsync(media, "in/1.mp4", SampleMedia.Clip);
        await TakenAsync(rig, id, "in/1.mp4", "in/1.mp4", "in/2.mp4");
        await rig.Jobs.PostAsync($"api/schedules/{id}/pause", "{}");
        var (nothing, problem) = await rig.Jobs.PostAsync($"api/schedules/{id}/run", "{}");

        Assert.Equal((409, "nothing_to_run"), (nothing, (string?)problem["code"]));
        Assert.Equal(3, (await rig.Backend.Control.ReadLedgerAsync()).Messages.Count);
    }

    private async Task<(Rig Rig, BlobContainerClient Media)> StartAsync()
    {
        var rig = await Rig.StartInProcessAsync(azurite, ("Media__LibraryContainer", Library));
        var media = rig.Storage.Container(Library);
        await media.CreateIfNotExistsAsync(cancellationToken: Token);
        return (rig, media);
    }

    private static async Task PutAsync(BlobContainerClient media, string name, byte[] content) =>
        await media.GetBlobClient(name).UploadAsync(BinaryData.FromBytes(content), overwrite: true, Token);

    // The files that all batches of the schedule's runs have taken, each with a result.
    private static Task TakenAsync(Rig rig, string scheduleId, params string[] files) => Eventually.HoldsAsync(
        async () =>
        {
            var (_, runs) = await rig.Jobs.GetAsync($"api/schedules/{scheduleId}/runs?limit=100");
            var taken = new List<string>();
            foreach (var run in runs["runs"]!.AsArray())
            {
                // A run is decided a moment before its batch starts.
                var batch = (string)run!["batchId"]!;
                var results = (await rig.Jobs.GetAsync($"api/batches/{batch}")).Status == 200 ? await rig.ReadResultsAsync(batch) : [];
                taken.AddRange(results.Where(result => (string?)result["status"] == "completed").Select(result => (string)result["metadata"]!["file"]!));
            }

            return taken.Order(StringComparer.Ordinal).SequenceEqual(files.Order(StringComparer.Ordinal));
        },
        $"{string.Join(", ", files)} are taken",
        AppHost.JobLimit);
}
