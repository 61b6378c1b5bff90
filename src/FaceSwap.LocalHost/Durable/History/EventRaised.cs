namespace FaceSwap.LocalHost.Durable.History;

/// <summary>An external event reached the instance; names are compared regardless of case.</summary>
internal sealed record EventRaised(string Name, string? Payload) : HistoryEvent;
