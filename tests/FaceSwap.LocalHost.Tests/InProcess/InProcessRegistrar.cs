using FaceSwap.LocalHost.Tests.Conformance;
using Microsoft.DurableTask;

namespace FaceSwap.LocalHost.Tests.InProcess;

/// <summary>Puts a case's code into the registry of the in-memory engine.</summary>
internal sealed class InProcessRegistrar(DurableTaskRegistry registry) : ITaskRegistrar
{
    public void AddOrchestrator<TInput, TOutput>(string name, Func<TaskOrchestrationContext, TInput, Task<TOutput>> code) =>
        registry.AddOrchestratorFunc(name, code);

    public void AddActivity<TInput, TOutput>(string name, Func<TaskActivityContext, TInput, Task<TOutput>> code) =>
        registry.AddActivityFunc(name, code);
}
