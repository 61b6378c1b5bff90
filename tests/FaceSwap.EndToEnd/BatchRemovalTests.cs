using System.Text;
using System.Text.Json.Nodes;
using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Host;
using FaceSwap.Testing.Media;
using FaceSwap.Testing.Time;
using NemoVideo.Simulator.Gates;
using NemoVideo.Simulator.Scenarios;
using Xunit;

namespace FaceSwap.EndToEnd;

/// <summary>Batches whose failed items are tried again, and batches that their caller deletes, over real processes.</summary>
public sealed class BatchRemovalTests(AzuriteFixture azurite)
{
    private const string Gate = "batch";

    [Fact]
    public async Task Retry_OfAnItemWhoseVideoWasMissing_PaysForThatOneAlone()
    {
        await using var rig = await Rig.StartInProcessAsync(azurite);
        await using var media = await MediaServer.StartAsync();
        var batch = BatchCalls.BatchOf(media, 3, missing: 2);
        (batch["concurrency"], batch["metadata"]) = (2, new JsonObject { ["campaign"] = "spring" });
        var id = await rig.SubmitBatchAsync(batch);
        await rig.WaitForBatchAsync(id);
        media.Serve("missing-2.mp4", SampleMedia.Clip);

        var (status, retry) = await RetryAsync(rig, id, key: "again");
        var (_, same) = await RetryAsync(rig, id, key: "again");

        Assert.Equal((202, id, 2, "spring"), (status, (string?)retry["retryOf"], (int?)retry["concurrency"], (string?)retry["metadata"]!["campaign"]));
        var next = (string)retry["id"]!;
        Assert.Equal(next, (string?)same["id"]);
        var ended = await rig.WaitForBatchAsync(next);
        Assert.Equal("""{"items":1,"running":0,"completed":1,"failed":0,"ambiguous":0,"cancelled":0}""", ended["counts"]!.ToJsonString());
        var results = await rig.ReadResultsAsync(next);
        Assert.Equal("2", (string?)Assert.Single(results)["metadata"]!["row"]);
        await rig.PaidOnceEachAsync([.. await rig.ReadResultsAsync(id), .. results]);
        Assert.Equal(3, (await rig.Backend.Control.ReadLedgerAsync()).Messages.Count);
        var (refused, problem) = await RetryAsync(rig, next);
        Assert.Equal((409, "nothing_to_retry"), (refused, (string?)problem["code"]));
        Assert.Equal(200, (await RetryAsync(rig, id, key: "again")).Status);
    }

    [Theory]
    [InlineData(Edit.ChargedOnly, 0, "ambiguous", "ambiguous_outcome")]
    [InlineData(Edit.Applied, 9, "paid", "render_failed")]
    public async Task Retry_OfWhatMayBeChargedTwice_IsMadeOnlyWhenItIsNamed(Edit edit, int renderFailures, string kind, string code)
    {
        await using var rig = await Rig.StartInProcessAsync(azurite);
        await using var media = await MediaServer.StartAsync();
        await rig.Backend.Control.ChooseAsync(new Scenario { NextSessions = 1, Edit = edit, RenderFailures = renderFailures });
        var batch = BatchCalls.BatchOf(media, 2);
        batch["concurrency"] = 1;
        var id = await rig.SubmitBatchAsync(batch);
        await rig.WaitForBatchAsync(id);
        Assert.Equal([code, null], (await rig.ReadResultsAsync(id)).Select(result => (string?)result["error"]));
        var messages = (await rig.Backend.Control.ReadLedgerAsync()).Messages.Count;

        var (refused, problem) = await RetryAsync(rig, id);

        Assert.Equal((409, "nothing_to_retry"), (refused, (string?)problem["code"]));
        Assert.Contains($"1 {kind}", (string)problem["detail"]!, StringComparison.Ordinal);
        Assert.Single((await rig.Jobs.GetAsync("api/batches")).Body["batches"]!.AsArray());
        var (status, retry) = await RetryAsync(rig, id, $$"""{"include":["{{kind}}"]}""");
        Assert.Equal((202, 1), (status, (int?)retry["counts"]!["items"]));
        Assert.Equal(1, (int?)(await rig.WaitForBatchAsync((string)retry["id"]!))["counts"]!["completed"]);
        Assert.Equal(messages + 1, (await rig.Backend.Control.ReadLedgerAsync()).Messages.Count);
    }

    [Fact]
    public async Task Delete_OfABatchThatHasEnded_LeavesNothingOfItButItsUsedKey()
    {
        await using var rig = await Rig.StartInProcessAsync(azurite);
        await using var media = await MediaServer.StartAsync();
        var kept = await rig.SubmitBatchAsync(BatchCalls.BatchOf(media, 1));
        await rig.WaitForBatchAsync(kept);
        var instances = await rig.InstanceIdsAsync();
        var batch = BatchCalls.BatchOf(media, 3, missing: 2);
        batch["webhook"] = new JsonObject { ["url"] = rig.Receiver.Address.AbsoluteUri };
        var id = (string)(await SubmitAsync(rig, batch)).Body["id"]!;
        await rig.WaitForBatchAsync(id);
        var jobs = (await rig.ReadResultsAsync(id)).Select(result => (string)result["jobId"]!).ToList();

        // 204 when it is gone by the time of the answer, 202 on a busy machine.
        Assert.Contains((await DeleteAsync(rig, id)).Status, new[] { 202, 204 });
        await Eventually.HoldsAsync(async () => (await rig.Jobs.GetAsync($"api/batches/{id}")).Status == 404, "the batch is gone", AppHost.JobLimit);

        Assert.Empty(rig.NamesOf([id, .. jobs]));
        Assert.DoesNotContain(id, (await rig.Jobs.GetAsync("api/webhook-endpoints/default/deliveries")).Body.ToJsonString(), StringComparison.Ordinal);
        Assert.NotEmpty(rig.NamesOf([kept]));
        Assert.Equal([$"delete-{id}"], (await rig.InstanceIdsAsync()).Except(instances));
        foreach (var path in new[] { $"api/batches/{id}", $"api/batches/{id}/items", $"api/batches/{id}/results", $"api/jobs/{jobs[0]}", $"api/jobs?batch={id}" })
        {
            Assert.Equal(404, (await rig.Jobs.GetAsync(path)).Status);
        }

        Assert.Equal(404, (await DeleteAsync(rig, id)).Status);
        Assert.Equal(404, (await RetryAsync(rig, id)).Status);
        var (status, problem) = await SubmitAsync(rig, batch);
        Assert.Equal((410, "batch_deleted"), (status, (string?)problem["code"]));
        var (_, list) = await rig.Jobs.GetAsync("api/batches");
        Assert.Equal(kept, (string?)Assert.Single(list["batches"]!.AsArray())!["id"]);
        Assert.Equal(3, (await rig.Backend.Control.ReadLedgerAsync()).Messages.Count);
    }

    [Fact]
    public async Task Delete_OfARunningBatch_CancelsItFirst()
    {
        await using var rig = await Rig.StartInProcessAsync(azurite);
        await using var media = await MediaServer.StartAsync();
        var instances = await rig.InstanceIdsAsync();
        await rig.Backend.Control.ChooseAsync(new Scenario { Holds = [new Hold { At = Point.MessageStreaming, Gate = Gate }], OnDisconnect = OnDisconnect.Cancel });
        var batch = BatchCalls.BatchOf(media, 4);
        batch["concurrency"] = 2;
        var id = await rig.SubmitBatchAsync(batch);
        await Eventually.HoldsAsync(async () => (await rig.Backend.Control.ReadLedgerAsync()).Messages.Count == 2, "two items are in mid-stream", AppHost.JobLimit);
        var jobs = (await rig.ReadResultsAsync(id)).Select(result => (string?)result["jobId"]).OfType<string>().ToList();
        Assert.Equal((409, "batch_running"), await CodeOfAsync(RetryAsync(rig, id)));

        var (status, body) = await DeleteAsync(rig, id);

        Assert.Equal((202, id), (status, (string?)body["id"]));
        await Eventually.HoldsAsync(async () => (await rig.Jobs.GetAsync($"api/batches/{id}")).Status == 404, "the batch is gone", AppHost.JobLimit);
        Assert.Equal(2, (await rig.Backend.Control.ReadLedgerAsync()).Messages.Count);
        await Eventually.HoldsAsync(() => rig.NamesOf([id, .. jobs]).Count == 0, "nothing of it is left");
        Assert.Equal([$"delete-{id}"], (await rig.InstanceIdsAsync()).Except(instances));
    }

    [Fact]
    public async Task Delete_OfAJobOfABatch_LeavesNothingOfItsItem()
    {
        await using var rig = await Rig.StartInProcessAsync(azurite);
        await using var media = await MediaServer.StartAsync();
        var id = await rig.SubmitBatchAsync(BatchCalls.BatchOf(media, 2));
        await rig.WaitForBatchAsync(id);
        var jobs = (await rig.ReadResultsAsync(id)).Select(result => (string)result["jobId"]!).ToList();
        var before = await rig.InstanceIdsAsync();

        var (status, _) = await rig.Jobs.SendAsync(new HttpRequestMessage(HttpMethod.Delete, $"api/jobs/{jobs[0]}"));

        Assert.Equal(204, status);
        var gone = before.Except(await rig.InstanceIdsAsync()).ToList();
        Assert.Contains(jobs[0], gone);
        Assert.Single(gone, instance => instance.StartsWith($"item-{id}-1-", StringComparison.Ordinal));
        Assert.DoesNotContain(gone, instance => instance.StartsWith($"item-{id}-2-", StringComparison.Ordinal));
        Assert.Equal("completed", (string?)(await rig.Jobs.GetAsync($"api/jobs/{jobs[1]}")).Body["status"]);
    }

    private static async Task<(int Status, string? Code)> CodeOfAsync(Task<(int Status, JsonObject Body)> answer) =>
        ((await answer).Status, (string?)(await answer).Body["code"]);

    private static Task<(int Status, JsonObject Body)> DeleteAsync(Rig rig, string id) =>
        rig.Jobs.SendAsync(new HttpRequestMessage(HttpMethod.Delete, $"api/batches/{id}"));

    private static Task<(int Status, JsonObject Body)> RetryAsync(Rig rig, string id, string? body = null, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"api/batches/{id}/retry-failed")
        {
            Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"),
        };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return rig.Jobs.SendAsync(request);
    }

    private static Task<(int Status, JsonObject Body)> SubmitAsync(Rig rig, JsonObject batch)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "api/batches") { Content = new StringContent(batch.ToJsonString(), Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", "the key of a deleted batch");
        return rig.Jobs.SendAsync(request);
    }
}
