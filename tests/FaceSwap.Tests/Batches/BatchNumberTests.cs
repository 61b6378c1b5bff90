using System.Text.Json;
using FaceSwap.Batches;
using FaceSwap.Functions.Batches;
using FaceSwap.Functions.Batches.Run;
using FaceSwap.Jobs;
using FaceSwap.Tests.Edge;
using Microsoft.DurableTask;
using Xunit;

namespace FaceSwap.Tests.Batches;

/// <summary>Everything that a batch shows has a number of its own, over all its histories.</summary>
public sealed class BatchNumberTests
{
    [Fact]
    public async Task Statuses_OverSeveralHistories_HaveGrowingNumbers_ThoughNoTimePasses()
    {
        var batch = new BatchInput("batch_1", "caller", new DateTimeOffset(ItemContext.Start), "https://app.test", 100, 3, BatchOnError.Continue, null);
        var input = new FaceSwapBatchInput(batch, [], TimeSpan.FromSeconds(10));
        var (histories, shown) = (0, new List<BatchStatus>());
        for (FaceSwapBatchInput? next = input; next is not null; histories++)
        {
            var context = new ItemContext();
            await FaceSwapBatch.RunAsync(context, next);
            shown.AddRange(context.Statuses.Select(status => JsonSerializer.Deserialize<BatchStatus>(status)!));
            next = (FaceSwapBatchInput?)context.ContinuedWith;
        }

        Assert.Equal((3, BatchState.Completed, 100), (histories, shown[^1].State, shown[^1].Counts.Completed));
        Assert.Single(shown.Select(status => status.At).Distinct());
        Assert.Equal(Enumerable.Range(1, shown.Count).Select(number => (long)number), shown.Select(status => status.Number));
    }

    /// <summary>Every item completes at once.</summary>
    private sealed class ItemContext : ScriptedContext
    {
        public ItemContext() => Script(nameof(BatchSteps.RecordBatch), _ => null);

        public override Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null) =>
            Task.FromResult((TResult)(object)new BatchItemEnd(JobStage.Completed, null));
    }
}
