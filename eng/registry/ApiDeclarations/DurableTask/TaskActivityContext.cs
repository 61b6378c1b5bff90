// API declaration, never shipped: compiled only where the package registry lacks the real Microsoft.DurableTask.Abstractions.
namespace Microsoft.DurableTask;

public abstract class TaskActivityContext
{
    public abstract TaskName Name { get; }

    /// <summary>The instance that scheduled the activity.</summary>
    public abstract string InstanceId { get; }

    public virtual string Version => "";
}
