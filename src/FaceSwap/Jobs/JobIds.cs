using FaceSwap.Storage;

namespace FaceSwap.Jobs;

/// <summary>Ids of jobs: sortable by time, safe in addresses, blob paths and instance ids.</summary>
public static class JobIds
{
    private static readonly TimeOrderedIds Ids = new("job_");

    public static string New(TimeProvider time) => Ids.New(time);

    /// <summary>The id of a job that follows from a moment and a text: the same again from the same.</summary>
    public static string Of(DateTimeOffset at, string text) => Ids.Of(at, text);

    /// <summary>When a job's id was made, to the millisecond.</summary>
    /// <param name="id">A valid id.</param>
    public static DateTimeOffset TimeOf(string id) => Ids.TimeOf(id);

    /// <summary>Whether a text has the form of a job's id; anything else names no job.</summary>
    public static bool IsValid(string id) => Ids.IsValid(id);
}
