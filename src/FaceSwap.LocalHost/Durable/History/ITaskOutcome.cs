namespace FaceSwap.LocalHost.Durable.History;

/// <summary>An event that ends a request of the orchestrator.</summary>
internal interface ITaskOutcome
{
    /// <summary>The number of the request that ended.</summary>
    int Id { get; }
}
