namespace FaceSwap.LocalHost.Durable.Storage;

/// <summary>When a timer function last ran and was next due.</summary>
internal sealed record StoredSchedule(DateTime LastRun, DateTime NextDue, DateTime UpdatedAt);
