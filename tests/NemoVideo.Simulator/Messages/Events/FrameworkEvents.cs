using System.Text.Json.Nodes;

namespace NemoVideo.Simulator.Messages.Events;

/// <summary>The shape of the agent framework's event object, in camel case.</summary>
internal static class FrameworkEvents
{
    public static JsonObject? Of(AgentEvent agentEvent, string messageId) => agentEvent switch
    {
        AgentEvent.Piece piece => With(Content(new JsonObject { ["text"] = piece.Text }, messageId), "partial", true),
        AgentEvent.Whole whole => Content(new JsonObject { ["text"] = whole.Text }, messageId),
        AgentEvent.ToolCall call => Content(
            new JsonObject { ["functionCall"] = new JsonObject { ["name"] = call.Name, ["args"] = call.Arguments.DeepClone() } },
            messageId),
        AgentEvent.ToolResult result => Content(
            new JsonObject { ["functionResponse"] = new JsonObject { ["name"] = result.Name, ["response"] = result.Result.DeepClone() } },
            messageId),
        AgentEvent.Heartbeat => new JsonObject { ["type"] = "heartbeat" },
        AgentEvent.Error { Code: null } error => new JsonObject { ["error"] = error.Message },
        AgentEvent.Error error => With(With(Frame(messageId), "errorCode", error.Code), "errorMessage", error.Message),
        AgentEvent.Unheard => With(Frame(messageId), "actions", new JsonObject { ["stateDelta"] = new JsonObject { ["cursor"] = 3 } }),
        AgentEvent.TurnComplete => With(Frame(messageId), "turnComplete", true),
        _ => null,
    };

    private static JsonObject Content(JsonObject part, string messageId) =>
        With(Frame(messageId), "content", new JsonObject { ["role"] = "model", ["parts"] = new JsonArray(part) });

    private static JsonObject Frame(string messageId) => new() { ["author"] = "nemo_agent", ["invocationId"] = messageId };

    private static JsonObject With(JsonObject frame, string name, JsonNode? value)
    {
        frame[name] = value;
        return frame;
    }
}
