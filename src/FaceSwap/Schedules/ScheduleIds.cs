using FaceSwap.Storage;

namespace FaceSwap.Schedules;

/// <summary>Ids of schedules: sortable by time, safe in addresses and blob paths.</summary>
public static class ScheduleIds
{
    private static readonly TimeOrderedIds Ids = new("sched_");

    public static string New(TimeProvider time) => Ids.New(time);

    /// <summary>Whether a text has the form of a schedule's id; anything else names no schedule.</summary>
    public static bool IsValid(string id) => Ids.IsValid(id);
}
