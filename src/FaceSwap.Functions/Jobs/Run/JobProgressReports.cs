using FaceSwap.Functions.Edge.Durable;
using FaceSwap.Jobs;

namespace FaceSwap.Functions.Jobs.Run;

/// <summary>Reports a job's progress while it runs, for those who asked for it: at most once in an interval, and apart from the job.</summary>
public static class JobProgressReports
{
    // Keeps the history short; then the instance goes on with a new one.
    private const int RoundsPerHistory = 50;

    [Function(Orchestrators.JobProgressReports)]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, JobProgressReportsInput input)
    {
        var last = input.Last ?? new ProgressReport(0, JobStage.Queued, 0, null, false);
        for (var round = 0; round < RoundsPerHistory; round++)
        {
            var at = context.CurrentUtcDateTime + input.Interval;
            await context.CreateTimer(at, CancellationToken.None);
            last = await ReportAsync(context, input, last);
            if (last.HasEnded)
            {
                return;
            }
        }

        context.ContinueAsNew(input with { Last = last });
    }

    private static async Task<ProgressReport> ReportAsync(TaskOrchestrationContext context, JobProgressReportsInput input, ProgressReport last)
    {
        var report = new ReportProgressInput(input.JobId, input.Targets, context.CurrentUtcDateTime, last);
        try
        {
            return await context.CallActivityAsync<ProgressReport>(nameof(EventSteps.ReportProgress), report);
        }
        catch (TaskFailedException)
        {
            // One report that fails is made good by the next.
            return last;
        }
    }
}
