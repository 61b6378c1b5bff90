using FaceSwap.Jobs;

namespace FaceSwap.Batches;

/// <summary>A batch as the API and the webhooks show it.</summary>
/// <param name="Id">The batch's id.</param>
/// <param name="Status">Where it is, or how it ended.</param>
/// <param name="Percent">How many of a hundred items have ended.</param>
/// <param name="Counts">What became of its items so far.</param>
/// <param name="Credits">About how many credits it takes.</param>
/// <param name="Concurrency">How many run at a time, at most.</param>
/// <param name="OnError">What follows an item that fails.</param>
/// <param name="SubmittedAt">When it was accepted.</param>
/// <param name="UpdatedAt">Since when it is as it is shown.</param>
/// <param name="RetryOf">The batch whose failed items these are, or null.</param>
/// <param name="Error">What a paused batch waits for, or null.</param>
/// <param name="Metadata">The caller's own words.</param>
/// <param name="Links">Where to go from here.</param>
/// <param name="Mode">Whether each item has a session of its own at the backend.</param>
/// <param name="Schedule">The run of a schedule that it is, or null.</param>
public sealed record BatchView(
    string Id,
    BatchState Status,
    int Percent,
    BatchCounts Counts,
    BatchCredits Credits,
    int Concurrency,
    BatchOnError OnError,
    DateTimeOffset SubmittedAt,
    DateTimeOffset UpdatedAt,
    string? RetryOf,
    JobErrorView? Error,
    IReadOnlyDictionary<string, string>? Metadata,
    BatchLinks Links,
    BatchMode Mode = BatchMode.Separate,
    BatchSchedule? Schedule = null)
{
    /// <param name="batch">The instance's input.</param>
    /// <param name="status">Its custom status or its output; null while it has neither yet.</param>
    public static BatchView Of(BatchInput batch, BatchStatus? status)
    {
        status ??= new BatchStatus(BatchState.Queued, new BatchCounts(batch.Items), batch.SubmittedAt);
        return new BatchView(
            batch.Id,
            status.State,
            status.Counts.Percent,
            status.Counts,
            new BatchCredits(batch.CreditsPerItem * batch.Items, batch.CreditsPerItem * status.Counts.Completed),
            batch.Concurrency,
            batch.OnError,
            batch.SubmittedAt,
            status.At,
            batch.RetryOf,
            JobErrorView.Of(status.Error),
            batch.Metadata,
            BatchLinks.Of(batch.ApiBase, batch.Id),
            batch.Mode,
            batch.Schedule);
    }
}

/// <summary>About how many credits a batch takes: the backend names no price of an edit, so these are estimates.</summary>
/// <param name="Estimated">All of its items.</param>
/// <param name="SoFar">Those that have a result.</param>
public sealed record BatchCredits(int Estimated, int SoFar);

/// <summary>Addresses of a batch in the API.</summary>
/// <param name="Self">The batch itself.</param>
/// <param name="Items">Its items, each with its state.</param>
/// <param name="Results">What came of them, as JSON lines.</param>
public sealed record BatchLinks(string Self, string Items, string Results)
{
    public static BatchLinks Of(string apiBase, string batchId) =>
        new($"{apiBase}/batches/{batchId}", $"{apiBase}/batches/{batchId}/items", $"{apiBase}/batches/{batchId}/results");
}
