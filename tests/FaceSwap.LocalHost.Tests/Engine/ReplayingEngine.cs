namespace FaceSwap.LocalHost.Tests.Engine;

/// <summary>Nothing stays in memory: every turn replays the history from its start.</summary>
public sealed class ReplayingEngine() : LocalEngine(cachedExecutions: 0);
