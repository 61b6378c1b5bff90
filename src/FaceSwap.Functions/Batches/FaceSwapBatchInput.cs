using System.Globalization;
using System.Text.Json.Serialization;
using FaceSwap.Batches;
using FaceSwap.Errors;
using FaceSwap.Functions.Jobs;
using FaceSwap.Jobs;
using FaceSwap.NemoVideo.Sessions;
using FaceSwap.Webhooks;

namespace FaceSwap.Functions.Batches;

/// <summary>The input of a batch's instance.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Webhooks">Who hears of the batch; who hears of its jobs, the items say.</param>
/// <param name="ProgressInterval">The time between two <c>batch.progress</c> messages, at least.</param>
/// <param name="Progress">How far the instance had come when its history was cut; null at the beginning.</param>
public sealed record FaceSwapBatchInput(BatchInput Batch, IReadOnlyList<WebhookTarget> Webhooks, TimeSpan ProgressInterval, BatchProgress? Progress = null)
{
    /// <summary>The event by which a batch hears that it is to be cancelled.</summary>
    public const string Cancel = "cancel";

    /// <summary>The event by which a paused batch hears that it is to go on; with the number of the status that showed the pause, and it counts for no other.</summary>
    /// <remarks>Earlier versions sent <c>true</c>, which may still lie in a history or wait to be heard.</remarks>
    public const string Resume = "resume";
}

/// <summary>How far a batch has come between two windows of items.</summary>
/// <param name="Next">The first item that was never started.</param>
/// <param name="Counts">What became of those before.</param>
/// <param name="ReportedAt">When progress was last told.</param>
/// <param name="Changes">How many times the batch has changed.</param>
public sealed record BatchProgress(int Next, BatchCounts Counts, DateTimeOffset ReportedAt, long Changes = 0);

/// <summary>An item of a batch whose turn has come.</summary>
/// <param name="BatchId">The batch.</param>
/// <param name="Number">Which item, from 1.</param>
/// <param name="At">When its turn came: its job counts as submitted then.</param>
/// <param name="Attempt">Which job of the item this is, from 1.</param>
/// <param name="Shares">How many items of the batch share a session with it; 0: it has one of its own.</param>
/// <param name="Continues">The job that had the shared session before; null: there is none yet, and the item opens it for all.</param>
/// <param name="Kept">As the batch has it.</param>
public sealed record BatchItemInput(
    string BatchId, int Number, DateTimeOffset At, int Attempt = 1, int Shares = 0, JobContinuation? Continues = null, string? Kept = null)
{
    /// <summary>Where the batch's items lie.</summary>
    [JsonIgnore]
    public string ItemsAt => BatchIds.ItemsOf(BatchId, Kept);

    /// <summary>The job that the item is.</summary>
    public string JobId => BatchIds.JobOf(BatchId, Number, Attempt);

    /// <summary>The instance that the item is. One that could not be paid for has its turn again, as another instance.</summary>
    /// <param name="change">How many times the batch had changed when its turn came: never the same for two turns.</param>
    public string InstanceId(long change) => string.Create(CultureInfo.InvariantCulture, $"{BatchIds.InstancesOf(BatchId, Number)}{change}");
}

/// <summary>How an item ended.</summary>
/// <param name="End">How its job ended; null: the job was not started, for the reason that the error names.</param>
/// <param name="Error">Why it has no result, or was not started; null for one that completed.</param>
/// <param name="Session">The session that it leaves behind, where it is shared.</param>
public sealed record BatchItemEnd(JobStage? End, JobError? Error, NemoSession? Session = null);

/// <summary>The JSON of a batch's items and of its input, where they are kept beside the history.</summary>
[JsonSerializable(typeof(FaceSwapBatchInput))]
[JsonSerializable(typeof(FaceSwapJobInput[]))]
internal sealed partial class BatchInstanceJson : JsonSerializerContext;
