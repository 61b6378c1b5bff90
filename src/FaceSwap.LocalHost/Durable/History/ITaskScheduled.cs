namespace FaceSwap.LocalHost.Durable.History;

/// <summary>An event that records what the orchestrator asked for; replay compares it with what the code asks for now.</summary>
internal interface ITaskScheduled
{
    /// <summary>The number of the request within the execution, from 0.</summary>
    int Id { get; }

    /// <summary>What was asked for, in words a developer knows from the code: <c>activity 'Render'</c>.</summary>
    string Describe();
}
