using System.Text.Json.Serialization;

namespace FaceSwap.Batches;

/// <summary>A batch as it was accepted. Its items lie beside it, so that no history holds them all.</summary>
/// <param name="Id">The batch's id, which is the instance's id too.</param>
/// <param name="Caller">Who submitted it.</param>
/// <param name="SubmittedAt">When it was accepted.</param>
/// <param name="ApiBase">The address of the API as the caller sees it, for links.</param>
/// <param name="Items">How many items it has.</param>
/// <param name="Concurrency">How many of them run at a time, at most.</param>
/// <param name="OnError">What follows an item that fails.</param>
/// <param name="Metadata">The caller's own words about the batch, returned unchanged.</param>
/// <param name="Key">The document of the idempotency key under which it was started; null: there was none.</param>
/// <param name="RetryOf">The batch whose failed items these are, or null.</param>
/// <param name="Schedule">The run of a schedule that it is, or null.</param>
/// <param name="Mode">Whether each item has a session of its own at the backend.</param>
/// <param name="CreditsPerItem">About how many credits an item takes.</param>
/// <param name="Kept">What tells its items from those of another start under the same id, which may have found others; null: there is nothing to tell apart.</param>
public sealed record BatchInput(
    string Id,
    string Caller,
    DateTimeOffset SubmittedAt,
    string ApiBase,
    int Items,
    int Concurrency,
    BatchOnError OnError,
    IReadOnlyDictionary<string, string>? Metadata,
    string? Key = null,
    string? RetryOf = null,
    BatchSchedule? Schedule = null,
    BatchMode Mode = BatchMode.Separate,
    int CreditsPerItem = 0,
    string? Kept = null)
{
    /// <summary>How many items a batch has at most.</summary>
    public const int MostItems = 1000;

    /// <summary>Where its items lie.</summary>
    [JsonIgnore]
    public string ItemsAt => BatchIds.ItemsOf(Id, Kept);
}

/// <summary>The run of a schedule that a batch is.</summary>
/// <param name="Id">The schedule.</param>
/// <param name="At">The time at which it was due.</param>
public sealed record BatchSchedule(string Id, DateTimeOffset At);

/// <summary>What follows an item that fails.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BatchOnError>))]
public enum BatchOnError
{
    /// <summary>The others run all the same.</summary>
    [JsonStringEnumMemberName("continue")]
    Continue,

    /// <summary>No further item is started; those under way end by themselves.</summary>
    [JsonStringEnumMemberName("stop")]
    Stop,
}

/// <summary>Whether each item of a batch has a session of its own at the backend.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BatchMode>))]
public enum BatchMode
{
    /// <summary>Each has.</summary>
    [JsonStringEnumMemberName("separate")]
    Separate,

    /// <summary>All media go up together into one session, and the instructions run there one by one, each with a render of its own.</summary>
    [JsonStringEnumMemberName("shared_session")]
    SharedSession,
}
