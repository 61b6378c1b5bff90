namespace FaceSwap.LocalHost.Durable.History;

/// <summary>The orchestrator was woken; <c>CurrentUtcDateTime</c> stands at <paramref name="At"/> until the next turn.</summary>
internal sealed record TurnStarted(DateTime At) : HistoryEvent;
