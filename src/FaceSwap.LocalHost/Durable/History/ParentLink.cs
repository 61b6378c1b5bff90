namespace FaceSwap.LocalHost.Durable.History;

/// <summary>Where a sub-orchestration reports its end: a task of one generation of one parent.</summary>
/// <param name="Sequence">The parent's number in the state file; a later instance under the same id has another.</param>
internal sealed record ParentLink(string InstanceId, string Name, long Sequence, int Generation, int TaskId);
