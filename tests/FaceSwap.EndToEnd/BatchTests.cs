using System.Text.Json.Nodes;
using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Host;
using FaceSwap.Testing.Media;
using FaceSwap.Testing.Time;
using NemoVideo.Simulator.Gates;
using NemoVideo.Simulator.Scenarios;
using Xunit;

namespace FaceSwap.EndToEnd;

/// <summary>Batches over real processes: every item is a job, and none is paid for twice.</summary>
public sealed class BatchTests(AzuriteFixture azurite)
{
    private const string Gate = "batch";

    [Fact]
    public async Task Batch_WithAnItemThatCannotBeFetched_CompletesTheOthers_AndTellsOnce()
    {
        await using var rig = await Rig.StartInProcessAsync(azurite);
        await using var media = await MediaServer.StartAsync();
        var batch = BatchCalls.BatchOf(media, 5, missing: 3);
        batch["concurrency"] = 2;
        batch["webhook"] = new JsonObject { ["url"] = rig.Receiver.Address.AbsoluteUri };
        batch["metadata"] = new JsonObject { ["campaign"] = "spring" };

        var id = await rig.SubmitBatchAsync(batch);

        var ended = await rig.WaitForBatchAsync(id);
        Assert.Equal(("completed", 100, "spring"), ((string?)ended["status"], (int?)ended["percent"], (string?)ended["metadata"]!["campaign"]));
        Assert.Equal("""{"items":5,"running":0,"completed":4,"failed":1,"ambiguous":0,"cancelled":0}""", ended["counts"]!.ToJsonString());
        Assert.Equal("""{"estimated":500,"soFar":400}""", ended["credits"]!.ToJsonString());
        var results = await rig.ReadResultsAsync(id);
        Assert.Equal(["completed", "completed", "failed", "completed", "completed"], results.Select(result => (string?)result["status"]));
        Assert.Equal(("media_unreachable", "3"), ((string?)results[2]["error"], (string?)results[2]["metadata"]!["row"]));
        await rig.PaidOnceEachAsync(results);
        Assert.Equal(4, (await rig.Backend.Control.ReadLedgerAsync()).Messages.Count);

        // Each item is a job like any other.
        var job = (string)results[0]["jobId"]!;
        Assert.Equal(SampleMedia.Clip, await rig.Jobs.DownloadAsync(job));
        var (_, record) = await rig.Jobs.GetAsync($"api/jobs/{job}/record");
        Assert.Equal((id, 1), ((string?)record["batch"]!["id"], (int?)record["batch"]!["item"]));
        var (_, list) = await rig.Jobs.GetAsync($"api/jobs?batch={id}");
        Assert.Equal(results.Select(result => (string?)result["jobId"]).Order(), list["jobs"]!.AsArray().Select(listed => (string?)listed!["id"]).Order());

        await Eventually.HoldsAsync(() => Told(rig, id).Count > 0, "the end is told");
        var told = Assert.Single(Told(rig, id));
        Assert.Equal(("batch.completed", 4), ((string?)told["type"], (int?)told["data"]!["counts"]!["completed"]));

        var (_, batches) = await rig.Jobs.GetAsync("api/batches");
        Assert.Equal(id, (string?)Assert.Single(batches["batches"]!.AsArray())!["id"]);
        Assert.Equal(409, (await rig.Jobs.PostAsync($"api/batches/{id}/cancel", "{}")).Status);
    }

    [Fact]
    public async Task Items_InPages_AreEachAsTheyAre()
    {
        await using var rig = await Rig.StartInProcessAsync(azurite);
        await using var media = await MediaServer.StartAsync();
        await rig.Backend.Control.ChooseAsync(new Scenario { NextSessions = 2, Holds = [new Hold { At = Point.MessageStreaming, Gate = Gate }] });
        var batch = BatchCalls.BatchOf(media, 5);
        batch["concurrency"] = 2;

        var id = await rig.SubmitBatchAsync(batch);
        await Eventually.HoldsAsync(async () => (await rig.Backend.Control.ReadLedgerAsync()).Messages.Count == 2, "two items are in mid-stream", AppHost.JobLimit);
        var pages = new List<JsonObject>();
        do
        {
            var cursor = (string?)pages.LastOrDefault()?["cursor"];
            pages.Add((await rig.Jobs.GetAsync($"api/batches/{id}/items?limit=2{(cursor is null ? "" : $"&cursor={cursor}")}")).Body);
        }
        while (pages[^1]["cursor"] is not null);

        var items = pages.SelectMany(page => page["items"]!.AsArray()).Select(item => item!).ToList();
        Assert.Equal([1, 2, 3, 4, 5], items.Select(item => (int)item["item"]!));
        Assert.Equal(["swapping", "swapping", "queued", "queued", "queued"], items.Select(item => (string?)item["status"]));
        Assert.Equal([true, true, false, false, false], items.Select(item => item["jobId"] is not null));
        Assert.Equal((2, 0), ((int)(await rig.GetBatchAsync(id))["counts"]!["running"]!, (int)(await rig.GetBatchAsync(id))["percent"]!));

        // The second is cancelled by itself; the batch goes on.
        Assert.Equal(202, (await rig.Jobs.PostAsync($"api/jobs/{items[1]["jobId"]}/cancel", "{}")).Status);
        await rig.Backend.Control.ReleaseGateAsync(Gate);
        var ended = await rig.WaitForBatchAsync(id);
        Assert.Equal(("completed", 4), ((string?)ended["status"], (int?)ended["counts"]!["completed"]));
    }

    [Fact]
    public async Task Cancel_OfABatch_EndsTheItemsUnderWay_AndStartsNoOther()
    {
        await using var rig = await Rig.StartInProcessAsync(azurite);
        await using var media = await MediaServer.StartAsync();
        await rig.Backend.Control.ChooseAsync(new Scenario { Holds = [new Hold { At = Point.MessageStreaming, Gate = Gate }], OnDisconnect = OnDisconnect.Cancel });
        var batch = BatchCalls.BatchOf(media, 6);
        batch["concurrency"] = 2;
        var id = await rig.SubmitBatchAsync(batch);
        await Eventually.HoldsAsync(async () => (await rig.Backend.Control.ReadLedgerAsync()).Messages.Count == 2, "two items are in mid-stream", AppHost.JobLimit);

        var (status, asked) = await rig.Jobs.PostAsync($"api/batches/{id}/cancel", "{}");

        Assert.Equal((202, id), (status, (string?)asked["id"]));
        var ended = await rig.WaitForBatchAsync(id);
        Assert.Equal("cancelled", (string?)ended["status"]);
        Assert.Equal("""{"items":6,"running":0,"completed":0,"failed":0,"ambiguous":0,"cancelled":2}""", ended["counts"]!.ToJsonString());
        Assert.Equal(2, (await rig.Backend.Control.ReadLedgerAsync()).Messages.Count);
        var results = await rig.ReadResultsAsync(id);
        Assert.Equal(["cancelled", "cancelled", "queued", "queued", "queued", "queued"], results.Select(result => (string?)result["status"]));
    }

    [Fact]
    public async Task Batch_ThatStopsOnErrors_StartsNoItemAfterOne()
    {
        await using var rig = await Rig.StartInProcessAsync(azurite);
        await using var media = await MediaServer.StartAsync();
        var batch = BatchCalls.BatchOf(media, 4, missing: 2);
        (batch["concurrency"], batch["onError"]) = (1, "stop");

        var ended = await rig.WaitForBatchAsync(await rig.SubmitBatchAsync(batch));

        Assert.Equal("stopped", (string?)ended["status"]);
        Assert.Equal("""{"items":4,"running":0,"completed":1,"failed":1,"ambiguous":0,"cancelled":0}""", ended["counts"]!.ToJsonString());
        Assert.Single((await rig.Backend.Control.ReadLedgerAsync()).Messages);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Batch_WhoseAccountRunsOutOfCredits_PausesAndGoesOn(int concurrency)
    {
        await using var rig = await Rig.StartInProcessAsync(azurite, ["--anonymouscredits=200"]);
        await using var media = await MediaServer.StartAsync();
        var batch = BatchCalls.BatchOf(media, 5);
        batch["concurrency"] = concurrency;

        var id = await rig.SubmitBatchAsync(batch);

        var paused = await rig.WaitForBatchAsync(id, shown => (string?)shown["status"] == "paused");
        Assert.Equal("""{"items":5,"running":0,"completed":2,"failed":0,"ambiguous":0,"cancelled":0}""", paused["counts"]!.ToJsonString());
        Assert.Equal("insufficient_credits", (string?)paused["error"]!["code"]);
        Assert.Equal(2, (await rig.Backend.Control.ReadLedgerAsync()).Messages.Sum(message => message.Executions));

        var account = (await rig.Backend.Control.ReadLedgerAsync()).Accounts.Single();
        await rig.Backend.Control.SetCreditsAsync(account.ClientId!, 1000);
        Assert.Equal(202, (await rig.Jobs.PostAsync($"api/batches/{id}/resume", "{}")).Status);
        var ended = await rig.WaitForBatchAsync(id);
        Assert.Equal(("completed", 5), ((string?)ended["status"], (int?)ended["counts"]!["completed"]));
        var results = await rig.ReadResultsAsync(id);
        Assert.All(results, result => Assert.Equal("completed", (string?)result["status"]));
        await rig.PaidOnceEachAsync(results);
        Assert.Equal(5, (await rig.Backend.Control.ReadLedgerAsync()).Messages.Sum(message => message.Executions));
        Assert.Equal(409, (await rig.Jobs.PostAsync($"api/batches/{id}/resume", "{}")).Status);
    }

    [Fact]
    public async Task Job_BesideABatchThatFillsTheStreams_IsNotHeldUp()
    {
        await using var rig = await Rig.StartInProcessAsync(azurite, ("Jobs__MostStreams", "3"));
        await using var media = await MediaServer.StartAsync();
        await rig.Backend.Control.ChooseAsync(new Scenario { NextSessions = 6, Holds = [new Hold { At = Point.MessageStreaming, Gate = Gate }] });
        var batch = BatchCalls.BatchOf(media, 6);
        batch["concurrency"] = 6;
        var id = await rig.SubmitBatchAsync(batch);
        await Eventually.HoldsAsync(
            async () => (await rig.Backend.Control.ReadLedgerAsync()) is { Sessions.Count: 6, Messages.Count: 2 }, "the batch holds the streams that it may", AppHost.JobLimit);

        await rig.CompletedOnceAsync(await rig.Jobs.SubmitAsync());

        Assert.Equal(3, (await rig.Backend.Control.ReadLedgerAsync()).Messages.Count);
        await rig.Backend.Control.ReleaseGateAsync(Gate);
        Assert.Equal(6, (int?)(await rig.WaitForBatchAsync(id))["counts"]!["completed"]);
    }

    [Fact]
    public async Task Batch_OfCsv_UnderAKey_IsOneBatch()
    {
        await using var rig = await Rig.StartInProcessAsync(azurite);
        await using var media = await MediaServer.StartAsync();
        var (first, second) = (media.Serve("1.mp4", SampleMedia.Clip), media.Serve("2.mp4", SampleMedia.Clip));
        var face = media.Serve("face.jpg", SampleMedia.FaceJpeg);
        var csv = $"\uFEFFvideo;face;instruction;metadata.order\r\n{first};{face};;A-1\r\n{second};{face};\"swap the face; and \"\"smile\"\"\";A-2\r\n";

        async Task<(int Status, JsonObject Body)> PostAsync(string text)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, "api/batches?concurrency=1") { Content = new StringContent(text, System.Text.Encoding.UTF8, "text/csv") };
            request.Headers.Add("Idempotency-Key", "monday");
            return await rig.Jobs.SendAsync(request);
        }

        var (taken, batch) = await PostAsync(csv);
        var (again, same) = await PostAsync(csv);
        var (refused, problem) = await PostAsync(csv.Replace("A-2", "A-3", StringComparison.Ordinal));

        Assert.Equal((202, 202), (taken, again));
        Assert.Equal((string?)batch["id"], (string?)same["id"]);
        Assert.Equal((422, "idempotency_key_reused"), (refused, (string?)problem["code"]));
        await rig.WaitForBatchAsync((string)batch["id"]!);
        var results = await rig.ReadResultsAsync((string)batch["id"]!);
        Assert.Equal(["A-1", "A-2"], results.Select(result => (string?)result["metadata"]!["order"]));
        var (_, record) = await rig.Jobs.GetAsync($"api/jobs/{results[1]["jobId"]}/record");
        Assert.Equal("swap the face; and \"smile\"", (string?)record["instruction"]);
        Assert.Equal(200, (await PostAsync(csv)).Status);
    }

    [Fact]
    public async Task Batch_WithBadRows_NamesThemAll_AndStartsNothing()
    {
        await using var rig = await Rig.StartInProcessAsync(azurite);
        var before = NamesOf(rig);
        const string csv = "video,face\nhttps://example.com/1.mp4,https://example.com/face.jpg\nftp://example.com/2.mp4,https://example.com/face.jpg\nhttps://example.com/3.mp4\nhttps://example.com/1.mp4,https://example.com/face.jpg\nupload_00000000000000000000000000000000,https://example.com/face.jpg\n";

        var (status, problem) = await rig.PostCsvAsync(csv);

        Assert.Equal((422, "invalid_batch"), (status, (string?)problem["code"]));
        var named = problem["items"]!.AsArray().Select(item => ((int)item!["line"]!, (string?)item["code"])).ToList();
        Assert.Equal([(3, "address_refused"), (4, "invalid_request"), (5, "invalid_request"), (6, "upload_not_found")], named);
        Assert.Empty((await rig.Jobs.GetAsync("api/batches")).Body["batches"]!.AsArray());
        Assert.Equal(before, NamesOf(rig));
    }

    [Fact]
    public async Task ValidateOnly_OfABatch_EstimatesTheWhole_AndLeavesNothing()
    {
        await using var rig = await Rig.StartInProcessAsync(azurite);
        await using var media = await MediaServer.StartAsync();
        var before = NamesOf(rig);
        var batch = BatchCalls.BatchOf(media, 10);

        var (status, valid) = await rig.Jobs.PostAsync("api/batches?validate_only=true", batch.ToJsonString());

        Assert.Equal((200, 10, 1000), (status, (int?)valid["items"], (int?)valid["estimate"]!["credits"]));
        Assert.Empty((await rig.Jobs.GetAsync("api/batches")).Body["batches"]!.AsArray());
        Assert.Equal(before, NamesOf(rig));
        Assert.Equal(422, (await rig.Jobs.PostAsync("api/batches?validate-only=true", batch.ToJsonString())).Status);
    }

    private static IReadOnlyList<string> NamesOf(Rig rig) =>
        [.. rig.Container.GetBlobs(new() { Prefix = "batches/" }, TestContext.Current.CancellationToken).Select(blob => blob.Name)];

    private static IReadOnlyList<JsonObject> Told(Rig rig, string batchId) =>
    [
        .. rig.Receiver.Received.Select(delivery => JsonNode.Parse(delivery.Body.Span)!.AsObject()).Where(message => (string?)message["data"]!["id"] == batchId),
    ];
}
