using Microsoft.DurableTask.Client;

namespace FaceSwap.LocalHost.Triggers.Functions;

/// <summary>What one call of a function is made of; parameters are bound from it.</summary>
internal sealed class Invocation(LocalFunctionContext context, DurableTaskClient client)
{
    public LocalFunctionContext Context => context;

    public DurableTaskClient Client => client;

    /// <summary>The value of the trigger's own parameter, where it does not need reading.</summary>
    public object? TriggerValue { get; init; }

    /// <summary>Reads the input of an orchestrator or activity.</summary>
    public Func<Type, object?> ReadInput { get; init; } = static _ => null;

    /// <summary>Finds the text of a route value or query parameter.</summary>
    public Func<string, string?> FindValue { get; init; } = static _ => null;
}
