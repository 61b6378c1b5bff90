namespace FaceSwap.LocalHost.Durable.History;

/// <summary>The first event of every execution; <c>ContinueAsNew</c> begins a new one with the next generation.</summary>
internal sealed record ExecutionStarted(
    string Name,
    string? Version,
    string? Input,
    int Generation,
    ParentLink? Parent,
    IReadOnlyDictionary<string, string>? Tags) : HistoryEvent;
