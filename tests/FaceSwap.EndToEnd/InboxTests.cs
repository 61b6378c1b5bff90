using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Media;
using FaceSwap.Testing.Time;
using Xunit;

namespace FaceSwap.EndToEnd;

/// <summary>Files that are dropped into the inbox become batches, each once, and are moved with what came of them.</summary>
public sealed class InboxTests(AzuriteFixture azurite)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(2);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Manifests_GoodAndBad_AreTakenOrRefused_AndThoseStillWrittenWait()
    {
        await using var inbox = await InboxRig.StartAsync(azurite);
        await using var media = await MediaServer.StartAsync();
        var face = media.Serve("face.jpg", SampleMedia.FaceJpeg);
        var (first, second, third) = (media.Serve("1.mp4", SampleMedia.Clip), media.Serve("2.mp4", SampleMedia.Clip), media.AddressOf("missing.mp4"));
        var before = await BatchesAsync(inbox.Rig);
        var leased = inbox.Inbox.GetBlobClient("written.csv");
        await leased.UploadAsync(BinaryData.FromString($"video,face\n{first},{face}\n"), Token);
        var lease = await leased.GetBlobLeaseClient().AcquireAsync(BlobLeaseClient.InfiniteLeaseDuration, cancellationToken: Token);

        await inbox.DropAsync("daily/good.csv", $"video,face,metadata.row\n{first},{face},1\n{third},{face},2\n");
        await inbox.DropAsync("good.json", $$"""{"defaults":{"face":"{{face}}"},"items":[{"video":"{{second}}"}]}""");
        await inbox.DropAsync("bad.csv", $"video,face\n{first},{face}\nhttps://example.com/a.mp4\nftp://example.com/b.mp4,{face}\n");
        await inbox.DropAsync("bad.json", "{\"items\":\n[}");
        await inbox.DropAsync("notes.txt", "not for here");
        await inbox.DropAsync("large.csv", new string('x', (8 * 1024 * 1024) + 1));
        await inbox.UntilAsync(names => names.SequenceEqual(["written.csv"]), "all others are moved");

        var done = await NamesAsync(inbox.Done);
        Assert.Equal(4, done.Count);
        var results = await LinesAsync(inbox.Done, done.Single(name => name.StartsWith("daily/", StringComparison.Ordinal) && name.EndsWith("-good.csv.results.jsonl", StringComparison.Ordinal)));
        Assert.Equal(["completed", "failed"], results.Select(result => (string?)result["status"]));
        Assert.Equal("media_unreachable", (string?)results[1]["error"]);
        Assert.Equal("completed", (string?)Assert.Single(await LinesAsync(inbox.Done, done.Single(name => name.EndsWith("-good.json.results.jsonl", StringComparison.Ordinal))))["status"]);

        var failed = await NamesAsync(inbox.Failed);
        Assert.Equal(8, failed.Count);
        var rows = (await ProblemAsync(inbox, failed, "bad.csv"))["items"]!.AsArray();
        Assert.Equal([(3, (string?)null), (4, "video")], rows.Select(row => ((int)row!["line"]!, (string?)row["column"])));
        Assert.Contains("line 2, byte 2", (string?)(await ProblemAsync(inbox, failed, "bad.json"))["detail"], StringComparison.Ordinal);
        Assert.Contains(".csv or .json", (string?)(await ProblemAsync(inbox, failed, "notes.txt"))["detail"], StringComparison.Ordinal);
        Assert.Contains("8 MiB", (string?)(await ProblemAsync(inbox, failed, "large.csv"))["detail"], StringComparison.Ordinal);
        Assert.Equal(2, (await inbox.Rig.Backend.Control.ReadLedgerAsync()).Messages.Count);

        // Whoever wrote it lets it go; it names an edit of its own, although of the same media.
        await leased.GetBlobLeaseClient(lease.Value.LeaseId).ReleaseAsync(cancellationToken: Token);
        await inbox.UntilAsync(names => names.Count == 0, "it is taken, too");
        Assert.Equal(3, (await BatchesAsync(inbox.Rig)).Except(before).Count());
        Assert.Equal(3, (await inbox.Rig.Backend.Control.ReadLedgerAsync()).Messages.Count);
    }

    [Fact]
    public async Task Manifest_ThatWasWrittenAMomentAgo_Waits()
    {
        await using var inbox = await InboxRig.StartAsync(azurite);
        await inbox.DropAsync("new.txt", "still being written");
        var written = (await inbox.Inbox.GetBlobClient("new.txt").GetPropertiesAsync(cancellationToken: Token)).Value.LastModified;

        await inbox.UntilAsync(names => names.Count == 0, "it is moved");

        // Blob Storage tells the time of a change in whole seconds.
        Assert.True(TimeProvider.System.GetUtcNow() - written >= Settle, "it waited");
        Assert.Equal(2, (await NamesAsync(inbox.Failed)).Count);
    }

    [Fact]
    public async Task Manifests_AHundred_UnderKills_BecomeABatchEach()
    {
        var count = Environment.GetEnvironmentVariable("FACESWAP_FULL") == "1" ? 100 : 12;
        await using var inbox = await InboxRig.StartAsync(azurite);
        await using var media = await MediaServer.StartAsync();
        var face = media.Serve("face.jpg", SampleMedia.FaceJpeg);
        foreach (var number in Enumerable.Range(1, count))
        {
            await inbox.DropAsync($"{number:000}.csv", $"video,face\n{media.Serve($"{number}.mp4", SampleMedia.Clip)},{face}\n");
        }

        foreach (var left in new[] { count * 9 / 10, count / 2 })
        {
            await inbox.UntilAsync(names => names.Count <= left, $"{left} are left");
            await inbox.Rig.Host.KillAsync();
            await inbox.Rig.Host.StartAsync();
        }

        await inbox.UntilAsync(names => names.Count == 0, "all are moved");

        var results = new List<JsonObject>();
        foreach (var name in (await NamesAsync(inbox.Done)).Where(name => name.EndsWith(".results.jsonl", StringComparison.Ordinal)))
        {
            results.AddRange(await LinesAsync(inbox.Done, name));
        }

        Assert.Equal(count, results.Count);
        Assert.Equal(count, results.Select(result => (string?)result["jobId"]).Distinct().Count());
        Assert.All(results, result => JobProof.CompletedOrInDoubt(result, inbox.Rig.Log));
        await inbox.Rig.PaidOnceEachAsync(results);
        Assert.Empty(await NamesAsync(inbox.Failed));
    }

    private static async Task<List<string>> BatchesAsync(Rig rig) =>
        [.. (await rig.Jobs.GetAsync("api/batches?limit=100")).Body["batches"]!.AsArray().Select(batch => (string)batch!["id"]!)];

    private static async Task<List<string>> NamesAsync(BlobContainerClient container) =>
        await container.ExistsAsync(Token) ? [.. container.GetBlobs(new(), Token).Select(blob => blob.Name)] : [];

    private static async Task<IReadOnlyList<JsonObject>> LinesAsync(BlobContainerClient container, string name)
    {
        var content = await container.GetBlobClient(name).DownloadContentAsync(Token);
        return [.. content.Value.Content.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())];
    }

    private static async Task<JsonObject> ProblemAsync(InboxRig inbox, List<string> failed, string name) =>
        Assert.Single(await LinesAsync(inbox.Failed, failed.Single(found => found.EndsWith($"-{name}.error.json", StringComparison.Ordinal))));

    /// <summary>A rig whose app looks into containers of its own: by its timer each second, and, in the genuine worker, whenever it is told to.</summary>
    private sealed class InboxRig(Rig rig, BlobContainerClient inbox, BlobContainerClient done, BlobContainerClient failed) : IAsyncDisposable
    {
        public Rig Rig => rig;

        public BlobContainerClient Inbox => inbox;

        public BlobContainerClient Done => done;

        public BlobContainerClient Failed => failed;

        public static async Task<InboxRig> StartAsync(AzuriteFixture azurite)
        {
            var rig = await Rig.StartAsync(
                azurite,
                ["--anonymouscredits=1000000"],
                HostPool.AsDefaultCaller,
                ("BATCH_SCHEDULE", "* * * * * *"),
                ("Batches__InboxContainer", "inbox"),
                ("Batches__DoneContainer", "done"),
                ("Batches__FailedContainer", "failed"),
                ("Batches__InboxSettle", $"{Settle}"));
            return new InboxRig(
                rig, await EmptyAsync(rig, "inbox"), await EmptyAsync(rig, "done"), await EmptyAsync(rig, "failed"));
        }

        public async Task DropAsync(string name, string content) => await inbox.GetBlobClient(name).UploadAsync(BinaryData.FromBytes(Encoding.UTF8.GetBytes(content)), Token);

        public Task UntilAsync(Func<List<string>, bool> isSo, string what) => Eventually.HoldsAsync(
            async () =>
            {
                await FireAsync();
                return isSo(await NamesAsync(inbox));
            },
            what,
            Limit);

        public async ValueTask DisposeAsync() => await rig.DisposeAsync();

        private static async Task<BlobContainerClient> EmptyAsync(Rig rig, string name)
        {
            var container = rig.Storage.Container(name);
            await container.CreateIfNotExistsAsync(cancellationToken: Token);
            foreach (var left in await NamesAsync(container))
            {
                await container.DeleteBlobAsync(left, cancellationToken: Token);
            }

            return container;
        }

        // Two at once: nothing keeps a timer from firing while its last run lasts, or on another instance of the app.
        private Task FireAsync() => Task.WhenAll(rig.RunTimerAsync("TakeManifests"), rig.RunTimerAsync("TakeManifests"));
    }
}
