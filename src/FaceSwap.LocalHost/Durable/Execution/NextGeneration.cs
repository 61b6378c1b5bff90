namespace FaceSwap.LocalHost.Durable.Execution;

/// <summary>What <c>ContinueAsNew</c> was called with.</summary>
internal sealed record NextGeneration(string? Input, string? Version, bool KeepEvents);
