using FaceSwap.Callers;
using FaceSwap.Errors;
using FaceSwap.Functions.Instances;
using FaceSwap.Jobs;
using FaceSwap.Ledger;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FaceSwap.Functions.Activities.Batches;

/// <summary>Makes an item of a batch a job that is ready to start, unless the account could not pay for it.</summary>
public sealed class PrepareItem(BatchItems items, JobIndex index, CreditReservations reservations, FreeSessions sessions, CallerLimits limits)
{
    [Function(nameof(PrepareItem))]
    public async Task<PreparedItem> RunAsync(
        [ActivityTrigger] BatchItemInput input, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (await ShortageAsync(cancellationToken) is { } shortage)
        {
            return new PreparedItem(null, shortage);
        }

        // Beyond the caller's bytes of a day the item waits.
        var item = await items.ReadAsync(input.ItemsAt, input.Number, cancellationToken);
        await limits.CheckBytesAsync(item.Job.Caller, cancellationToken);
        var job = item.Job with
        {
            Id = input.JobId,
            SubmittedAt = input.At,
            Batch = new JobBatch(input.BatchId, input.Number),
        };
        if (input.Shares > 0)
        {
            job = input.Continues is { } earlier ? await ContinueAsync(job, earlier, client, cancellationToken) : await OpenForAllAsync(job, input, cancellationToken);
        }

        await index.AddAsync(job, cancellationToken);
        return new PreparedItem(item with { Job = job }, null);
    }

    // The media of all items go up with those of the first, each once.
    private async Task<JobInput> OpenForAllAsync(JobInput job, BatchItemInput input, CancellationToken cancellationToken)
    {
        var all = await items.ReadAsync(input.ItemsAt, 1, input.Shares, cancellationToken);
        return job with { More = [.. all.SelectMany(item => item.Item.Job.Media).Except(job.Media).Distinct()] };
    }

    // Somebody may go on in the session too, with a message to an item that has ended: the item waits until that has ended.
    private async Task<JobInput> ContinueAsync(JobInput job, JobContinuation earlier, DurableTaskClient client, CancellationToken cancellationToken)
    {
        await sessions.ClaimAsync(earlier.SessionId, job.Id, client, cancellationToken);
        return job with { Continues = earlier, Video = null, Face = null, Audio = null };
    }

    // Whatever else keeps the credits from being read, the job meets it too, and knows what to do about it.
    private async Task<JobError?> ShortageAsync(CancellationToken cancellationToken)
    {
        try
        {
            await reservations.CheckAsync(cancellationToken);
            return null;
        }
        catch (FaceSwapException e)
        {
            return e.Code == ErrorCodes.InsufficientCredits ? e.ToError() : null;
        }
    }
}

/// <summary>An item whose turn has come.</summary>
/// <param name="Input">The input of its job's instance; null: the job is not to be started.</param>
/// <param name="Error">Why not.</param>
public sealed record PreparedItem(FaceSwapJobInput? Input, JobError? Error);
