// API declaration, never shipped: compiled only where the package registry lacks the real Microsoft.DurableTask.Abstractions.
namespace Microsoft.DurableTask;

/// <summary>Decides in the orchestrator, and so deterministically, whether a failed call is tried again.</summary>
public delegate bool RetryHandler(RetryContext retryContext);
