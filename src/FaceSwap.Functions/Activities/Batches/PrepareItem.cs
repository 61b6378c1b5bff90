using FaceSwap.Errors;
using FaceSwap.Functions.Instances;
using FaceSwap.Jobs;
using FaceSwap.Ledger;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Functions.Activities.Batches;

/// <summary>Makes an item of a batch a job that is ready to start, unless the account could not pay for it.</summary>
public sealed class PrepareItem(BatchItems items, JobIndex index, CreditReservations reservations)
{
    [Function(nameof(PrepareItem))]
    public async Task<PreparedItem> RunAsync([ActivityTrigger] BatchItemInput input, CancellationToken cancellationToken)
    {
        if (await ShortageAsync(cancellationToken) is { } shortage)
        {
            return new PreparedItem(null, shortage);
        }

        var item = await items.ReadAsync(input.BatchId, input.Number, cancellationToken);
        var job = item.Job with
        {
            Id = input.JobId,
            SubmittedAt = input.At,
            Batch = new JobBatch(input.BatchId, input.Number),
        };
        await index.AddAsync(job, cancellationToken);
        return new PreparedItem(item with { Job = job }, null);
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
