using FaceSwap.LocalHost.Durable.History;

namespace FaceSwap.LocalHost.Durable.Execution;

/// <summary>The orchestrator continues as new: its history is replaced.</summary>
/// <param name="Start">The first event of the next generation.</param>
/// <param name="Carried">Messages the old generation did not consume and the new one shall get.</param>
internal sealed record Renewal(ExecutionStarted Start, IReadOnlyList<HistoryEvent> Carried);
