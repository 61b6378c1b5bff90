using System.Text.Json.Nodes;

namespace NemoVideo.Simulator.Messages.Events;

/// <summary>The flat shape: a type, and what belongs to it.</summary>
internal static class FlatEvents
{
    /// <returns>Null when the shape has no word for the event.</returns>
    public static JsonObject? Of(AgentEvent agentEvent) => agentEvent switch
    {
        AgentEvent.Piece piece => new JsonObject { ["type"] = "text", ["content"] = piece.Text },
        AgentEvent.ToolCall call => new JsonObject { ["type"] = "tool_call", ["name"] = call.Name, ["args"] = call.Arguments.DeepClone() },
        AgentEvent.ToolResult result => new JsonObject { ["type"] = "tool_result", ["name"] = result.Name, ["result"] = result.Result.DeepClone() },
        AgentEvent.Heartbeat => new JsonObject { ["type"] = "heartbeat" },
        AgentEvent.Error { Code: null } error => new JsonObject { ["error"] = error.Message },
        AgentEvent.Error error => new JsonObject { ["errorCode"] = error.Code, ["errorMessage"] = error.Message },
        AgentEvent.Unheard => new JsonObject { ["type"] = "telemetry", ["spans"] = new JsonArray(1, 2), ["nested"] = new JsonObject { ["type"] = "text" } },
        _ => null,
    };
}
