using FaceSwap.LocalHost.Durable.History;
using Microsoft.DurableTask.Client;

namespace FaceSwap.LocalHost.Durable.Execution;

/// <summary>What one turn of an orchestrator came to. Nothing of it counts before the store has it.</summary>
/// <param name="Events">The events to append to the history.</param>
/// <param name="Actions">What the code asked for.</param>
/// <param name="CancelledTimers">Numbers of timers whose waiting was cancelled.</param>
/// <param name="Terminations">Sub-orchestrations that end with their parent.</param>
/// <param name="Status">Running or suspended; the end has its own.</param>
/// <param name="CustomStatus">The serialised custom status at the end of the turn.</param>
/// <param name="End">Set when the instance is finished.</param>
/// <param name="Renewal">Set when it continues as new.</param>
internal sealed record Turn(
    IReadOnlyList<HistoryEvent> Events,
    IReadOnlyList<OrchestratorAction> Actions,
    IReadOnlyList<int> CancelledTimers,
    IReadOnlyList<string> Terminations,
    OrchestrationRuntimeStatus Status,
    string? CustomStatus,
    ExecutionEnd? End,
    Renewal? Renewal);
