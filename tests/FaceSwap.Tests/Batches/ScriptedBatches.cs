using FaceSwap.Batches;
using FaceSwap.Errors;
using FaceSwap.Functions.Batches;
using FaceSwap.Functions.Edge.Durable;
using FaceSwap.Functions.Jobs;
using FaceSwap.Functions.Webhooks;
using FaceSwap.Jobs;
using FaceSwap.Tests.Edge;
using FaceSwap.Tests.Product;
using FaceSwap.Webhooks;
using Microsoft.DurableTask.Client;
using Xunit;

namespace FaceSwap.Tests.Batches;

/// <summary>Batches of a product in memory, of which a test says what became of them.</summary>
internal sealed class ScriptedBatches(TestProduct product, ScriptedClient client)
{
    public static WebhookTarget Target { get; } = new("caller", "whe_1", "https://hook.test/", null);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static KeyedRequest Request(string key) => KeyedRequest.Of("caller", key, [1])!;

    /// <summary>A batch that is not started.</summary>
    public (FaceSwapBatchInput Input, IReadOnlyList<FaceSwapJobInput> Jobs) Of(int items)
    {
        var now = product.Time.GetUtcNow();
        var batch = new BatchInput(BatchIds.New(product.Time), "caller", now, "https://app.test", items, 3, BatchOnError.Stop, new Dictionary<string, string> { ["campaign"] = "spring" });
        var jobs = Enumerable.Range(1, items).Select(number => new FaceSwapJobInput(
            new JobInput(
                batch.Id, "caller", now, "https://app.test", new MediaSource($"https://media.test/{number}.mp4", null), new MediaSource("https://media.test/face.jpg", null), null,
                "secret words", "en", new Dictionary<string, string> { ["row"] = $"{number}" }, JobPolicy.From(new JobOptions())),
            []));
        return (new FaceSwapBatchInput(batch, [Target], TimeSpan.FromSeconds(10)), [.. jobs]);
    }

    /// <summary>Starts a batch, under a key if one is given.</summary>
    public async Task<BatchInput> StartAsync(int items, string? key = null)
    {
        var (input, jobs) = Of(items);
        await product.Get<BatchStart>().StartAsync(key is null ? null : Request(key), input, jobs, client, Token);
        return Assert.IsType<FaceSwapBatchInput>(client.Started.Single(started => started.Id == input.Batch.Id).Input).Batch;
    }

    /// <summary>Starts an item, whose job leaves something in storage.</summary>
    public async Task<JobInput> StartItemAsync(BatchInput batch, int number)
    {
        var item = await product.Get<BatchItems>().ReadAsync(batch.ItemsAt, number, Token);
        var turn = TurnOf(batch, number);
        await client.StartOnceAsync(Orchestrators.BatchItem, turn.InstanceId(number), turn, Token);
        var job = item.Job with { Id = turn.JobId, SubmittedAt = turn.At, Batch = new JobBatch(batch.Id, number) };
        await product.Get<JobIndex>().AddAsync(job, Token);
        await client.StartOnceAsync(Orchestrators.FaceSwapJob, job.Id, item with { Job = job }, Token);
        await product.Store.WriteAsync($"jobs/{job.Id}/input/video.mp4", [1], Token);
        return job;
    }

    /// <summary>Has an item's job end.</summary>
    /// <param name="last">The last stage that it was in before.</param>
    public async Task EndItemAsync(BatchInput batch, int number, JobStage end, string? error = null, JobStage last = JobStage.Staging)
    {
        var job = await StartItemAsync(batch, number);
        var now = product.Time.GetUtcNow();
        var outcome = new JobOutcome(end, null, error is null ? null : JobError.Of(error, "It failed."));
        client.Set(job.Id, OrchestrationRuntimeStatus.Completed, outcome, new JobStatus(end, 10, [new(JobStage.Queued, now), new(last, now), new(end, now)]));
        await product.Get<JobIndex>().CloseAsync(job, end, now, error, Token);
        client.Set(InstanceOf(batch, number), OrchestrationRuntimeStatus.Completed);
    }

    /// <summary>The instance that an item is.</summary>
    public string InstanceOf(BatchInput batch, int number) => TurnOf(batch, number).InstanceId(number);

    /// <summary>Has a batch end, with its record and the delivery that tells of it.</summary>
    public async Task EndAsync(BatchInput batch, BatchState end, BatchCounts counts)
    {
        var status = new BatchStatus(end, counts, product.Time.GetUtcNow());
        client.Set(batch.Id, OrchestrationRuntimeStatus.Completed, status, status);
        await product.Get<BatchDocuments>().RecordAsync(new BatchRecord(batch, status), Token);
        var message = WebhookMessage.Of(WebhookEventTypes.BatchCompleted, BatchView.Of(batch, status));
        foreach (var delivery in await product.Get<DeliveryStart>().StartAsync(client, [Target], message, Token))
        {
            client.Set(delivery.InstanceId(1), OrchestrationRuntimeStatus.Completed);
        }
    }

    /// <summary>A batch of which all items completed.</summary>
    public async Task<BatchInput> CompletedAsync(int items, string? key = null)
    {
        var batch = await StartAsync(items, key);
        for (var number = 1; number <= items; number++)
        {
            await EndItemAsync(batch, number, JobStage.Completed);
        }

        await EndAsync(batch, BatchState.Completed, new BatchCounts(items, Completed: items));
        return batch;
    }

    private BatchItemInput TurnOf(BatchInput batch, int number) => new(batch.Id, number, product.Time.GetUtcNow());
}
