// API declaration, never shipped: compiled only where the package registry lacks the real Microsoft.DurableTask.Client.
namespace Microsoft.DurableTask.Client;

public record PurgeInstanceOptions(bool Recursive = false);
