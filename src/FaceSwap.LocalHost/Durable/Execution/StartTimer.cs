using FaceSwap.LocalHost.Durable.History;

namespace FaceSwap.LocalHost.Durable.Execution;

internal sealed record StartTimer(TimerCreated Created) : OrchestratorAction(Created);
