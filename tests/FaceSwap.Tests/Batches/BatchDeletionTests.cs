using FaceSwap.Batches;
using FaceSwap.Functions.Batches;
using FaceSwap.Functions.Batches.Run;
using FaceSwap.Tests.Edge;
using Xunit;

namespace FaceSwap.Tests.Batches;

/// <summary>A deletion waits for the batch's end, goes on while there are jobs, and gives up on nothing that passes.</summary>
public sealed class BatchDeletionTests
{
    private static readonly BatchMark Batch = new("batch_1", "caller", "batch-index/mark", "keys/key");

    [Fact]
    public async Task Deletion_OfABatchThatHasEnded_RemovesItsJobsWithoutWaiting()
    {
        var context = new ScriptedContext();
        context.Script(nameof(BatchSteps.RemoveBatch), _ => context.CallsOf(nameof(BatchSteps.RemoveBatch)) < 3 ? BatchRemovalState.Removing : BatchRemovalState.Removed);

        await BatchDeletion.RunAsync(context, Batch);

        Assert.Equal([Batch, Batch, Batch], context.InputsOf<BatchMark>());
        Assert.Equal(ScriptedContext.Start, context.CurrentUtcDateTime);
        Assert.Null(context.ContinuedWith);
    }

    [Fact]
    public async Task Deletion_OfABatchThatRuns_LooksAgainAtMostAMinuteLater_AndSoonerOnceItRemoves()
    {
        var context = new ScriptedContext();
        context.Script(nameof(BatchSteps.RemoveBatch), _ => context.CallsOf(nameof(BatchSteps.RemoveBatch)) switch
        {
            9 => BatchRemovalState.Removing,
            11 => BatchRemovalState.Removed,
            _ => BatchRemovalState.Waiting,
        });

        await BatchDeletion.RunAsync(context, Batch);

        Assert.Equal([0, 1, 3, 7, 15, 31, 63, 123, 183, 183, 184], context.Calls.Select(call => (int)(call.At - ScriptedContext.Start).TotalSeconds));
    }

    [Theory]
    [InlineData(BatchRemovalState.Waiting)]
    [InlineData(BatchRemovalState.Removing)]
    public async Task Deletion_ThatTakesLong_GoesOnWithANewHistory(BatchRemovalState state)
    {
        var context = new ScriptedContext();
        context.Script(nameof(BatchSteps.RemoveBatch), _ => state);

        await BatchDeletion.RunAsync(context, Batch);

        Assert.Equal((Batch, 50), (context.ContinuedWith, context.Calls.Count));
    }

    [Fact]
    public async Task Deletion_DuringAnOutageOfHours_IsMadeGood()
    {
        var context = new ScriptedContext();
        context.Script(nameof(BatchSteps.RemoveBatch), _ => BatchRemovalState.Removed);
        context.Interrupt(nameof(BatchSteps.RemoveBatch), TimeSpan.FromHours(12), () => throw new InvalidOperationException("Storage is away."));

        await BatchDeletion.RunAsync(context, Batch);

        Assert.True(context.CallsOf(nameof(BatchSteps.RemoveBatch)) > 100);
    }
}
