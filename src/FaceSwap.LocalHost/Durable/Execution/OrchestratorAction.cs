using FaceSwap.LocalHost.Durable.History;

namespace FaceSwap.LocalHost.Durable.Execution;

/// <summary>
/// Something the orchestrator asked for in a turn. The set is closed; the store makes it durable together with the
/// history that records it, and the pump carries it out afterwards.
/// </summary>
/// <param name="Record">The event that stands for the request in the history.</param>
internal abstract record OrchestratorAction(ITaskScheduled Record)
{
    /// <summary>The number of the request within the execution.</summary>
    public int Id => Record.Id;
}
