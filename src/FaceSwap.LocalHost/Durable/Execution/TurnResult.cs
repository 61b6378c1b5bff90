using FaceSwap.LocalHost.Durable.History;
using Microsoft.DurableTask.Client;

namespace FaceSwap.LocalHost.Durable.Execution;

/// <summary>Draws up what a turn came to.</summary>
internal static class TurnResult
{
    public static Turn Collect(
        List<HistoryEvent> events, RequestLog requests, ExecutionEnd? end, OrchestrationExecution execution)
    {
        Renewal? renewal = execution.TakeRenewal();
        var isOver = end is not null || renewal is not null;
        var counts = !execution.IsBroken && end?.Status != OrchestrationRuntimeStatus.Terminated;
        IReadOnlyList<OrchestratorAction> actions = counts ? Useful(requests.TakeUnrecorded(), isOver) : [];
        IReadOnlyList<string> terminations = execution.TerminatesChildren ? [.. requests.RunningChildren] : [];
        events.AddRange(actions.Select(action => (HistoryEvent)action.Record));
        if (end is not null)
        {
            events.Add(new ExecutionCompleted(end.Status));
        }

        return new Turn(
            events,
            actions,
            isOver ? [] : requests.TakeCancelledTimers(),
            terminations,
            execution.LiveStatus,
            execution.CustomStatus,
            end,
            renewal);
    }

    // Nobody will wait for a timer of an execution that is over.
    private static IReadOnlyList<OrchestratorAction> Useful(IReadOnlyList<OrchestratorAction> actions, bool isOver) =>
        isOver ? [.. actions.Where(action => action is not StartTimer)] : actions;
}
