using System.Text.Json;
using System.Text.Json.Serialization;
using FaceSwap.Errors;
using FaceSwap.Jobs;

namespace FaceSwap.Batches;

/// <summary>Where a batch is, then the ways it can end.</summary>
[JsonConverter(typeof(BatchStateConverter))]
public enum BatchState
{
    Queued,
    Running,

    /// <summary>No item is started until the batch is resumed; what it waits for, its error says.</summary>
    Paused,

    /// <summary>The items under way are being cancelled.</summary>
    Cancelling,

    /// <summary>Every item has ended, one way or another.</summary>
    Completed,

    /// <summary>An item failed, and the others were not started.</summary>
    Stopped,
    Cancelled,
}

/// <summary>States are lower-case words wherever they are written.</summary>
public sealed class BatchStateConverter() : JsonStringEnumConverter<BatchState>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);

/// <summary>The custom status of a batch's instance: the one source of truth while it runs, and its output when it has ended.</summary>
/// <param name="State">Where it is.</param>
/// <param name="Counts">What became of its items so far.</param>
/// <param name="At">Since when it is so.</param>
/// <param name="Error">What a paused batch waits for, or null.</param>
/// <param name="Number">
/// How many times the batch has changed. Whoever watches knows by it what is newer, which no time tells: two changes may fall into
/// one tick of a clock, each turn has the clock of the machine that runs it, and the end of an instance that an operator ended has
/// the storage's.
/// </param>
public sealed record BatchStatus(BatchState State, BatchCounts Counts, DateTimeOffset At, JobError? Error = null, long Number = 0)
{
    /// <summary>Whether the batch has ended.</summary>
    [JsonIgnore]
    public bool IsFinal => State >= BatchState.Completed;
}

/// <summary>What became of a batch's items.</summary>
/// <param name="Items">How many there are.</param>
/// <param name="Running">Those under way.</param>
/// <param name="Completed">Those with a result.</param>
/// <param name="Failed">Those that failed, or ran out of time, and were not charged for or can have their edit rendered yet.</param>
/// <param name="Ambiguous">Those that failed and may have been charged: nobody can tell whether their edit was made.</param>
/// <param name="Cancelled">Those that were cancelled.</param>
public sealed record BatchCounts(int Items, int Running = 0, int Completed = 0, int Failed = 0, int Ambiguous = 0, int Cancelled = 0)
{
    /// <summary>How many have ended.</summary>
    [JsonIgnore]
    public int Ended => Completed + Failed + Ambiguous + Cancelled;

    /// <summary>How much of the batch is done, 0 to 100.</summary>
    [JsonIgnore]
    public int Percent => Items == 0 ? 100 : Ended * 100 / Items;

    /// <summary>With one more item that ended.</summary>
    /// <param name="end">How.</param>
    /// <param name="error">The code of its failure, or null.</param>
    public BatchCounts With(JobStage end, string? error) => end switch
    {
        JobStage.Completed => this with { Completed = Completed + 1 },
        JobStage.Cancelled => this with { Cancelled = Cancelled + 1 },
        _ when error == ErrorCodes.AmbiguousOutcome => this with { Ambiguous = Ambiguous + 1 },
        _ => this with { Failed = Failed + 1 },
    };
}
