using FaceSwap.Batches;
using FaceSwap.Callers;
using FaceSwap.Errors;
using FaceSwap.Functions.Jobs;
using FaceSwap.Functions.Webhooks;
using FaceSwap.Jobs;
using FaceSwap.Ledger;
using FaceSwap.Webhooks;

namespace FaceSwap.Functions.Batches.Run;

/// <summary>The steps of a batch.</summary>
public sealed class BatchSteps(
    BatchItems items, JobIndex index, CreditReservations reservations, FreeSessions sessions, CallerLimits limits, JobCancel cancel, DeliveryStart deliveries, BatchDocuments documents, BatchResults results, BatchRemoval removal)
{
    /// <summary>Makes an item of a batch a job that is ready to start, unless the account could not pay for it.</summary>
    [Function(nameof(PrepareItem))]
    public async Task<PreparedItem> PrepareItem(
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

    /// <summary>Cancels the jobs of some items, as their caller could one by one.</summary>
    [Function(nameof(CancelItems))]
    public async Task CancelItems([ActivityTrigger] CancelItemsInput input, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        foreach (var jobId in input.JobIds)
        {
            try
            {
                await cancel.RequestAsync(jobId, new Caller(input.Caller, IsOperator: false), client, cancellationToken);
            }
            catch (FaceSwapException e) when (e.Code is ErrorCodes.JobEnded or ErrorCodes.JobNotFound)
            {
                // It has ended by itself; or it is about to start, and is asked again.
            }
        }
    }

    /// <summary>Starts the deliveries of a batch's event, an instance each, under ids that a second run finds taken.</summary>
    [Function(nameof(TellBatch))]
    public Task TellBatch([ActivityTrigger] TellBatchInput input, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        deliveries.StartAsync(client, input.Webhooks, WebhookMessage.Of(input.Type, BatchView.Of(input.Batch, input.Status)), cancellationToken);

    /// <summary>Writes the record of a batch that has ended, and the manifest of its results, which outlive the instance's history.</summary>
    [Function(nameof(RecordBatch))]
    public async Task RecordBatch([ActivityTrigger] BatchRecord record, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        await documents.KeepResultsAsync(record.Batch.Id, await results.WriteAsync(record.Batch, client, cancellationToken), cancellationToken);
        await documents.RecordAsync(record, cancellationToken);
    }

    /// <summary>Takes the deletion of a batch one step further.</summary>
    [Function(nameof(RemoveBatch))]
    public Task<BatchRemovalState> RemoveBatch([ActivityTrigger] BatchMark batch, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        removal.GoOnAsync(batch, client, cancellationToken);
}

/// <summary>An item whose turn has come.</summary>
/// <param name="Input">The input of its job's instance; null: the job is not to be started.</param>
/// <param name="Error">Why not.</param>
public sealed record PreparedItem(FaceSwapJobInput? Input, JobError? Error);

public sealed record CancelItemsInput(string Caller, IReadOnlyList<string> JobIds);

/// <summary>What happened to a batch.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Webhooks">Who may hear of it.</param>
/// <param name="Type">What happened.</param>
/// <param name="Status">The batch as it was then.</param>
public sealed record TellBatchInput(BatchInput Batch, IReadOnlyList<WebhookTarget> Webhooks, string Type, BatchStatus Status);
