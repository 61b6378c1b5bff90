using FaceSwap.Functions.Edge.Durable;
using FaceSwap.Jobs;

namespace FaceSwap.Functions.Jobs.Run;

/// <summary>Deletes a job as soon as it has ended.</summary>
public static class JobDeletion
{
    // Keeps the history short; then the instance goes on with a new one.
    private const int LooksPerHistory = 50;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    [Function(Orchestrators.JobDeletion)]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, JobMark job)
    {
        var wait = TimeSpan.FromSeconds(1);
        for (var look = 0; look < LooksPerHistory; look++)
        {
            if (await context.CallActivityAsync<bool>(nameof(EndSteps.RemoveJob), job, Persistence.ForADay))
            {
                return;
            }

            await context.CreateTimer(context.CurrentUtcDateTime + wait, CancellationToken.None);
            wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
        }

        context.ContinueAsNew(job);
    }
}
