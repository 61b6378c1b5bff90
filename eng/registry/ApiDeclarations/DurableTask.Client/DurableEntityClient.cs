// API declaration, never shipped: compiled only where the package registry lacks the real Microsoft.DurableTask.Client.
namespace Microsoft.DurableTask.Client.Entities;

/// <summary>Declared for the client's property alone; no engine here implements entities, so its operations are left out.</summary>
public abstract class DurableEntityClient(string name)
{
    public string Name { get; } = name;
}
