using FaceSwap.LocalHost.Durable.History;

namespace FaceSwap.LocalHost.Durable.Execution;

internal sealed record SendExternalEvent(EventSent Sent, string? Payload) : OrchestratorAction(Sent);
