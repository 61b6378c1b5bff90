using Microsoft.Azure.WebJobs;

namespace FaceSwap.LocalHost.Durable;

/// <summary>Runs an orchestrator's turn or an activity in the worker.</summary>
public interface IFunctionRunner
{
    Task<object?> RunAsync(string function, string? value, IReadOnlyDictionary<string, object> triggerData, CancellationToken cancellation);
}

/// <summary>
/// What the Durable extension finds in the place of an orchestrator or an activity. <see cref="FunctionTypes"/> derives one
/// type for each function, since the extension looks for attributes on methods.
/// </summary>
public abstract class DurableFunction(IFunctionRunner runner)
{
    /// <summary>The body of every derived type's only method.</summary>
    protected Task<object?> RunAsync(string function, string? value, Binder binder, CancellationToken cancellation) =>
        runner.RunAsync(function, value, binder.BindingData, cancellation);
}
