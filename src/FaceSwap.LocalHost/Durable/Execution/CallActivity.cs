using FaceSwap.LocalHost.Durable.History;

namespace FaceSwap.LocalHost.Durable.Execution;

internal sealed record CallActivity(ActivityScheduled Scheduled, string? Input, string Version)
    : OrchestratorAction(Scheduled);
