using FaceSwap.Callers;
using FaceSwap.Errors;
using FaceSwap.Jobs;

namespace FaceSwap.Functions.Jobs;

/// <summary>Ends jobs at their callers' wish: the mark for steps that are under way comes first, then the event for the instance.</summary>
public sealed class JobCancel(JobCancellations cancellations, JobReader jobs)
{
    /// <summary>Has a job end soon; asked again, it asks again.</summary>
    /// <returns>The job as it was when it was asked to end.</returns>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.JobNotFound"/> or <see cref="ErrorCodes.JobEnded"/>.</exception>
    public async Task<JobReading> RequestAsync(string id, Caller caller, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var reading = await ReadRunningAsync(id, caller, client, cancellationToken);
        await cancellations.RequestAsync(id, cancellationToken);
        try
        {
            await client.RaiseEventAsync(id, JobCancellations.Event, true, cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // An instance that has ended takes no event.
            await ReadRunningAsync(id, caller, client, cancellationToken);
            throw;
        }

        return reading;
    }

    private async Task<JobReading> ReadRunningAsync(string id, Caller caller, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var reading = await jobs.ReadAsync(id, caller, client, cancellationToken);
        return reading.Outcome is null
            ? reading
            : throw new FaceSwapException(ErrorCodes.JobEnded, $"The job is {reading.Outcome.Stage.ToString().ToLowerInvariant()}.");
    }
}
