using Microsoft.DurableTask;

namespace FaceSwap.LocalHost.Tests.Conformance;

/// <summary>Where a case puts its orchestrators and activities.</summary>
public interface ITaskRegistrar
{
    void AddOrchestrator<TInput, TOutput>(string name, Func<TaskOrchestrationContext, TInput, Task<TOutput>> code);

    void AddActivity<TInput, TOutput>(string name, Func<TaskActivityContext, TInput, Task<TOutput>> code);
}
