// API declaration, never shipped: compiled only where the package registry lacks the real Microsoft.DurableTask.Client.
namespace Microsoft.DurableTask.Client;

public record TerminateInstanceOptions(object? Output = null, bool Recursive = false);
