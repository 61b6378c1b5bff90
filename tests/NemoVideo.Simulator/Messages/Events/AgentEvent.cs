using System.Text.Json.Nodes;

namespace NemoVideo.Simulator.Messages.Events;

/// <summary>What the agent says in a stream, before it takes either shape.</summary>
internal abstract record AgentEvent
{
    /// <summary>A piece of a text that is still being written.</summary>
    public sealed record Piece(string Text) : AgentEvent;

    /// <summary>The text once more, whole. The flat shape does not have it.</summary>
    public sealed record Whole(string Text) : AgentEvent;

    public sealed record ToolCall(string Name, JsonObject Arguments) : AgentEvent;

    public sealed record ToolResult(string Name, JsonObject Result) : AgentEvent;

    /// <summary>Still working.</summary>
    public sealed record Heartbeat : AgentEvent;

    /// <summary>Still working, said by an empty <c>data</c> line.</summary>
    public sealed record Nothing : AgentEvent;

    public sealed record Error(string? Code, string Message) : AgentEvent;

    /// <summary>An event of a type no document names.</summary>
    public sealed record Unheard : AgentEvent;

    /// <summary>The turn is over; the framework says so, the flat shape does not.</summary>
    public sealed record TurnComplete : AgentEvent;
}
