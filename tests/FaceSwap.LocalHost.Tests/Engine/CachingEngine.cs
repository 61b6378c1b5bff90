namespace FaceSwap.LocalHost.Tests.Engine;

/// <summary>Waiting executions stay in memory and go on from where they wait.</summary>
public sealed class CachingEngine() : LocalEngine(cachedExecutions: 1000);
