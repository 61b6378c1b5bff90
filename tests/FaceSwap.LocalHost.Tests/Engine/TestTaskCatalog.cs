using FaceSwap.LocalHost.Durable.Execution;
using FaceSwap.LocalHost.Tests.Conformance;
using Microsoft.DurableTask;

namespace FaceSwap.LocalHost.Tests.Engine;

/// <summary>Orchestrators and activities as delegates.</summary>
internal sealed class TestTaskCatalog : ITaskCatalog, ITaskRegistrar
{
    private readonly Dictionary<string, OrchestratorFunction> _orchestrators = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ActivityFunction> _activities = new(StringComparer.OrdinalIgnoreCase);

    public void AddOrchestrator<TInput, TOutput>(string name, Func<TaskOrchestrationContext, TInput, Task<TOutput>> code) =>
        _orchestrators[name] = async (context, readInput) => await code(context, (TInput)readInput(typeof(TInput))!);

    public void AddActivity<TInput, TOutput>(string name, Func<TaskActivityContext, TInput, Task<TOutput>> code) =>
        _activities[name] = async (call, _) => await code(new TestActivityContext(call), Read<TInput>(call));

    /// <summary>An activity that sees the shutdown token.</summary>
    public void AddActivity(string name, Func<CancellationToken, Task<object?>> code) =>
        _activities[name] = (_, shutdown) => code(shutdown);

    public void Remove(string name) => _orchestrators.Remove(name);

    public OrchestratorFunction? FindOrchestrator(string name) => _orchestrators.GetValueOrDefault(name);

    public ActivityFunction? FindActivity(string name) => _activities.GetValueOrDefault(name);

    private static T Read<T>(ActivityCall call) => call.ReadInput(typeof(T)) is T input ? input : default!;
}
