using FaceSwap.Functions.Instances;
using FaceSwap.Jobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FaceSwap.Functions.Activities.Jobs;

/// <summary>Removes a job that has ended, with all that is kept of it; false while it has not.</summary>
public sealed class RemoveJob(JobRemoval removal)
{
    [Function(nameof(RemoveJob))]
    public Task<bool> RunAsync([ActivityTrigger] JobMark job, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        removal.TryRemoveAsync(job, withKey: false, client, cancellationToken);
}
