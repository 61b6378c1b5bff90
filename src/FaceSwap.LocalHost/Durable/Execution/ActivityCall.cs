namespace FaceSwap.LocalHost.Durable.Execution;

/// <summary>One call of an activity as the engine hands it to the code.</summary>
/// <param name="Name">The activity's name as the orchestrator wrote it.</param>
/// <param name="InstanceId">The calling orchestration.</param>
/// <param name="Version">The version asked for, or empty.</param>
/// <param name="ReadInput">Reads the input as a type; null stays null.</param>
internal sealed record ActivityCall(string Name, string InstanceId, string Version, Func<Type, object?> ReadInput);
