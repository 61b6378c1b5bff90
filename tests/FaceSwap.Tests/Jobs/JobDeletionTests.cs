using FaceSwap.Functions.Jobs.Run;
using FaceSwap.Jobs;
using FaceSwap.Tests.Edge;
using Xunit;

namespace FaceSwap.Tests.Jobs;

/// <summary>A deletion waits for the job's end, and gives up on nothing that passes.</summary>
public sealed class JobDeletionTests
{
    private static readonly JobMark Job = new("job_1", "index/mark");

    [Fact]
    public async Task Deletion_OfAJobThatHasEnded_IsDoneAtOnce()
    {
        var context = new ScriptedContext();
        context.Script(nameof(EndSteps.RemoveJob), _ => true);

        await JobDeletion.RunAsync(context, Job);

        Assert.Equal([Job], context.InputsOf<JobMark>());
        Assert.Equal(ScriptedContext.Start, context.CurrentUtcDateTime);
    }

    [Fact]
    public async Task Deletion_OfAJobThatRuns_LooksAgainAtMostAMinuteLater()
    {
        var context = new ScriptedContext();
        context.Script(nameof(EndSteps.RemoveJob), _ => context.CallsOf(nameof(EndSteps.RemoveJob)) == 9);

        await JobDeletion.RunAsync(context, Job);

        Assert.Equal([0, 1, 3, 7, 15, 31, 63, 123, 183], context.Calls.Select(call => (int)(call.At - ScriptedContext.Start).TotalSeconds));
        Assert.Null(context.ContinuedWith);
    }

    [Fact]
    public async Task Deletion_OfAJobThatRunsForHours_GoesOnWithANewHistory()
    {
        var context = new ScriptedContext();
        context.Script(nameof(EndSteps.RemoveJob), _ => false);

        await JobDeletion.RunAsync(context, Job);

        Assert.Equal((Job, 50), (context.ContinuedWith, context.Calls.Count));
    }

    [Fact]
    public async Task Deletion_DuringAnOutageOfHours_IsMadeGood()
    {
        var context = new ScriptedContext();
        context.Script(nameof(EndSteps.RemoveJob), _ => true);
        context.Interrupt(nameof(EndSteps.RemoveJob), TimeSpan.FromHours(12), () => throw new InvalidOperationException("Storage is away."));

        await JobDeletion.RunAsync(context, Job);

        Assert.True(context.CallsOf(nameof(EndSteps.RemoveJob)) > 100);
    }
}
