using System.Text.Json;
using FaceSwap.Batches;
using FaceSwap.Errors;
using FaceSwap.Functions.Batches;
using FaceSwap.Functions.Batches.Run;
using FaceSwap.Jobs;
using FaceSwap.Tests.Edge;
using Microsoft.DurableTask;
using Xunit;

namespace FaceSwap.Tests.Batches;

/// <summary>A batch that cannot be paid for waits, and goes on when it is told to in this very pause.</summary>
public sealed class BatchPauseTests
{
    private const string Id = "batch_1";

    [Fact]
    public async Task Resume_CountsForThePauseThatItWasMeantFor_AndForNoOther()
    {
        var context = new PausingContext();
        var run = RunAsync(context);
        var first = context.Shown;
        Assert.Equal((BatchState.Paused, 1), (first.State, context.Turns.Count));

        // Twice for this pause: there is one attempt more, and the next pause hears nothing of the second.
        context.Resume(first.Number);
        context.Resume(first.Number);
        var second = context.Shown;
        Assert.Equal((BatchState.Paused, 2), (second.State, context.Turns.Count));
        Assert.True(second.Number > first.Number);

        context.Credits = true;
        context.Resume(first.Number);
        Assert.False(run.IsCompleted);
        context.Resume(second.Number);

        Assert.Equal((BatchState.Completed, 3), ((await run).State, context.Turns.Count));
    }

    [Fact]
    public async Task Resume_OfAVersionThatNumberedNoPauses_CountsForThePauseThatItFinds()
    {
        var context = new PausingContext();
        context.Resume(true);
        var run = RunAsync(context);
        Assert.Equal((BatchState.Paused, 2), (context.Shown.State, context.Turns.Count));

        context.Credits = true;
        context.Resume(context.Shown.Number);

        Assert.Equal((BatchState.Completed, 3), ((await run).State, context.Turns.Count));
    }

    [Fact]
    public async Task Resume_ThatComesWithACancellation_StartsNothing()
    {
        var context = new PausingContext();
        var run = RunAsync(context);
        context.Resume(context.Shown.Number - 1);

        context.Cancel();

        Assert.Equal((BatchState.Cancelled, 1), ((await run).State, context.Turns.Count));
    }

    [Fact]
    public async Task Turns_OfOneItem_AreInstancesOfTheirOwn_FoundByTheirBatch()
    {
        var context = new PausingContext();
        var run = RunAsync(context);

        context.Resume(context.Shown.Number);
        context.Credits = true;
        context.Resume(context.Shown.Number);
        await run;

        Assert.Equal((3, 3), (context.Turns.Count, context.Turns.Distinct().Count()));
        Assert.All(context.Turns, turn => Assert.StartsWith(BatchIds.InstancesOf(Id), turn, StringComparison.Ordinal));
    }

    private static Task<BatchStatus> RunAsync(PausingContext context)
    {
        var batch = new BatchInput(Id, "caller", new DateTimeOffset(ScriptedContext.Start), "https://app.test", 1, 1, BatchOnError.Continue, null);
        return FaceSwapBatch.RunAsync(context, new FaceSwapBatchInput(batch, [], TimeSpan.FromSeconds(10)));
    }

    /// <summary>Its item completes when there are credits; its events wait until they are heard, as an engine's do.</summary>
    private sealed class PausingContext : ScriptedContext
    {
        private readonly TaskCompletionSource<bool> _cancel = new();
        private readonly Queue<JsonElement> _resumes = [];
        private TaskCompletionSource<JsonElement>? _waiting;

        public PausingContext() => Script(nameof(BatchSteps.RecordBatch), _ => null);

        public bool Credits { get; set; }

        /// <summary>The instances that the item was, in their order.</summary>
        public List<string> Turns { get; } = [];

        public BatchStatus Shown => JsonSerializer.Deserialize<BatchStatus>(Statuses[^1])!;

        public void Cancel() => _cancel.SetResult(true);

        public void Resume(object pause)
        {
            var content = JsonSerializer.SerializeToElement(pause);
            var waiting = _waiting;
            _waiting = null;
            if (waiting?.TrySetResult(content) != true)
            {
                _resumes.Enqueue(content);
            }
        }

        public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
        {
            if (eventName == FaceSwapBatchInput.Cancel)
            {
                return (Task<T>)(object)_cancel.Task;
            }

            if (_resumes.TryDequeue(out var content))
            {
                return (Task<T>)(object)Task.FromResult(content);
            }

            var waiting = _waiting = new TaskCompletionSource<JsonElement>();
            cancellationToken.Register(() => waiting.TrySetCanceled(cancellationToken));
            return (Task<T>)(object)waiting.Task;
        }

        public override Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null)
        {
            Turns.Add(((SubOrchestrationOptions)options!).InstanceId!);
            return Task.FromResult((TResult)(object)(Credits
                ? new BatchItemEnd(JobStage.Completed, null)
                : new BatchItemEnd(null, JobError.Of(ErrorCodes.InsufficientCredits, "There are no credits."))));
        }
    }
}
