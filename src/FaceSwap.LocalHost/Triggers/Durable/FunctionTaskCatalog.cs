using FaceSwap.LocalHost.Durable.Execution;
using FaceSwap.LocalHost.Triggers.Functions;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.LocalHost.Triggers.Durable;

/// <summary>The app's orchestrators and activities, ready for the engine.</summary>
internal sealed class FunctionTaskCatalog : ITaskCatalog
{
    private readonly Dictionary<string, OrchestratorFunction> _orchestrators;
    private readonly Dictionary<string, ActivityFunction> _activities;

    public FunctionTaskCatalog(FunctionCatalog functions, InvocationFactory invocations)
    {
        _orchestrators = functions.With<OrchestrationTriggerAttribute>().ToDictionary(
            found => found.Function.Name, found => Orchestrator(found.Function, invocations), StringComparer.OrdinalIgnoreCase);
        _activities = functions.With<ActivityTriggerAttribute>().ToDictionary(
            found => found.Function.Name, found => Activity(found.Function, invocations), StringComparer.OrdinalIgnoreCase);
    }

    public OrchestratorFunction? FindOrchestrator(string name) => _orchestrators.GetValueOrDefault(name);

    public ActivityFunction? FindActivity(string name) => _activities.GetValueOrDefault(name);

    private static OrchestratorFunction Orchestrator(FunctionDescriptor function, InvocationFactory invocations)
    {
        FunctionInvoker invoker = new(function);
        return async (context, readInput) =>
        {
            // Disposed of without awaiting: an orchestrator must await nothing but its context.
            using AsyncServiceScope scope = invocations.NewScope();
            Invocation invocation = invocations.Create(
                invoker, scope.ServiceProvider, CancellationToken.None, triggerValue: context, readInput: readInput);
            return await invoker.InvokeAsync(invocation);
        };
    }

    private static ActivityFunction Activity(FunctionDescriptor function, InvocationFactory invocations)
    {
        FunctionInvoker invoker = new(function);
        return async (call, shutdown) =>
        {
            await using AsyncServiceScope scope = invocations.NewScope();
            Invocation invocation = invocations.Create(
                invoker, scope.ServiceProvider, shutdown, readInput: call.ReadInput);
            return await invoker.InvokeAsync(invocation);
        };
    }
}
