// API declaration, never shipped: compiled only where the package registry lacks the real Microsoft.DurableTask.Abstractions.
namespace Microsoft.DurableTask;

/// <summary>As <see cref="RetryHandler"/>; may await what the orchestration context offers, a timer for instance.</summary>
public delegate Task<bool> AsyncRetryHandler(RetryContext retryContext);
