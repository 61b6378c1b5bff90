using FaceSwap.Batches;
using FaceSwap.Errors;
using FaceSwap.Functions.Batches;
using FaceSwap.Functions.Batches.Api;
using FaceSwap.Functions.Edge.Http;
using FaceSwap.Jobs;
using FaceSwap.Storage;
using Microsoft.Extensions.Logging;

namespace FaceSwap.Functions.Inbox;

/// <summary>Makes a batch of every file in the inbox, once, and moves the file when the batch has ended.</summary>
/// <remarks>A file stays where it is until then: how far it has come, its batch tells, whose id follows from the file's version. So a run that dies is made good by the next.</remarks>
public sealed partial class BatchInbox(InboxStore inbox, BatchIntake intake, BatchReader batches, BatchResults results, BatchDocuments documents, OldDocuments old, ILogger<BatchInbox> logger)
{
    private const int AtOnce = 4;

    /// <summary>Looks at every file once.</summary>
    public async Task RunAsync(DurableTaskClient client, CancellationToken cancellationToken)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(inbox.ListAsync(cancellationToken), parallel, async (manifest, cancellation) =>
        {
            try
            {
                await LookAsync(manifest, client, cancellation);
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested && !StorageFailures.IsAway(e, cancellation))
            {
                // One that cannot be done with does not keep the others; it is looked at again.
                Log.NotDone(logger, manifest.Name, e);
            }
        });
    }

    private async Task LookAsync(InboxManifest manifest, DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (await batches.FindAsync(manifest.BatchId, client, cancellationToken) is { } batch)
        {
            if (batch.HasEnded)
            {
                var lines = await documents.ReadResultsAsync(manifest.BatchId, cancellationToken) ?? await results.WriteAsync(batch.Input.Batch, client, cancellationToken);
                await inbox.FinishAsync(manifest, lines, cancellationToken);
            }

            return;
        }

        try
        {
            await TakeAsync(manifest, client, cancellationToken);
        }
        catch (FaceSwapException e) when (ErrorCatalog.Find(e.Code).Status < 500)
        {
            await inbox.RefuseAsync(manifest, Answers.Describe(e), cancellationToken);
        }
    }

    private async Task TakeAsync(InboxManifest manifest, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var isCsv = manifest.Name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);
        if (!isCsv && !manifest.Name.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            throw new FaceSwapException(ErrorCodes.InvalidBatch, "The name of the file must end in .csv or .json.");
        }

        // Its batch may have been removed by now, and must not run again.
        if (manifest.At < old.Horizon)
        {
            throw new FaceSwapException(ErrorCodes.InvalidBatch, "The file has lain here for longer than batches are kept: put it here anew if it is wanted.");
        }

        if (manifest.Size > InboxStore.MostBytes)
        {
            throw BatchRequests.TooLarge();
        }

        if (await inbox.ReadAsync(manifest, cancellationToken) is { } content)
        {
            await intake.TakeAsync(manifest.BatchId, $"inbox:{manifest.Name}:{manifest.Version}", content, isCsv, client, cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1401, LogLevel.Warning, "{Name} in the inbox of batches could not be done with; the next run looks at it again.")]
        public static partial void NotDone(ILogger logger, string name, Exception cause);
    }
}
