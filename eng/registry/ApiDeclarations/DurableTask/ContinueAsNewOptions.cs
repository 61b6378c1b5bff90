// API declaration, never shipped: compiled only where the package registry lacks the real Microsoft.DurableTask.Abstractions.
namespace Microsoft.DurableTask;

public class ContinueAsNewOptions
{
    public object? NewInput { get; set; }

    /// <summary>Default true: events that nobody has waited for yet go along.</summary>
    public bool PreserveUnprocessedEvents { get; set; } = true;

    /// <summary>Null keeps the version.</summary>
    public string? NewVersion { get; set; }
}
