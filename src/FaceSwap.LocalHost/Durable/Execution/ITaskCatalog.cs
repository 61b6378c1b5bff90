namespace FaceSwap.LocalHost.Durable.Execution;

/// <summary>What the engine can run. Names are compared regardless of case, as the platform does.</summary>
internal interface ITaskCatalog
{
    OrchestratorFunction? FindOrchestrator(string name);

    ActivityFunction? FindActivity(string name);
}
