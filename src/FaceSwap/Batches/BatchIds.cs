using System.Globalization;
using FaceSwap.Jobs;
using FaceSwap.Storage;

namespace FaceSwap.Batches;

/// <summary>Ids of batches: sortable by time, safe in addresses, blob paths and instance ids.</summary>
public static class BatchIds
{
    private static readonly TimeOrderedIds Ids = new("batch_");

    public static string New(TimeProvider time) => Ids.New(time);

    /// <summary>Whether a text has the form of a batch's id; anything else names no batch.</summary>
    public static bool IsValid(string id) => Ids.IsValid(id);

    /// <summary>When a batch's id was made, to the millisecond.</summary>
    /// <param name="id">A valid id.</param>
    public static DateTimeOffset TimeOf(string id) => Ids.TimeOf(id);

    /// <summary>The id of the job that an item is. It follows from batch and number, so that nothing can make two jobs of one item.</summary>
    /// <param name="batchId">A valid id.</param>
    /// <param name="number">Which item, from 1.</param>
    /// <param name="attempt">Which job of the item this is, from 1: one that could not pay is made up for by another.</param>
    public static string JobOf(string batchId, int number, int attempt = 1)
    {
        var again = attempt == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $":{attempt}");
        return JobIds.Of(TimeOf(batchId), string.Create(CultureInfo.InvariantCulture, $"{batchId}:{number}{again}"));
    }

    /// <summary>What the ids of the instances of a batch's items begin with, by which they are found.</summary>
    public static string InstancesOf(string batchId) => $"item-{batchId}-";

    /// <summary>What the ids of the instances of one item begin with.</summary>
    public static string InstancesOf(string batchId, int number) => string.Create(CultureInfo.InvariantCulture, $"{InstancesOf(batchId)}{number}-");

    /// <summary>Where a batch's items lie: among all that is kept of it, so that they are removed with it.</summary>
    /// <param name="batchId">A valid id.</param>
    /// <param name="kept">What tells them from those of another start under this id, or null.</param>
    public static string ItemsOf(string batchId, string? kept) => kept is null ? batchId : $"{batchId}/{kept}";

    /// <summary>The id of the batch that a file of items is: of one version of a file there can be one batch only.</summary>
    /// <param name="name">The file.</param>
    /// <param name="version">Which version of it.</param>
    /// <param name="at">When that version was written.</param>
    public static string OfManifest(string name, string version, DateTimeOffset at) => Ids.Of(at, $"{name}\n{version}");

    /// <summary>The id of the batch that a run of a schedule is: of one time of a schedule there can be one batch only.</summary>
    /// <param name="scheduleId">The schedule.</param>
    /// <param name="at">The time at which the run was due.</param>
    public static string OfRun(string scheduleId, DateTimeOffset at) => Ids.Of(at, string.Create(CultureInfo.InvariantCulture, $"{scheduleId}:{at.UtcTicks}"));
}
