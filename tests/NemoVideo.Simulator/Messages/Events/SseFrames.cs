using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using NemoVideo.Simulator.Scenarios;

namespace NemoVideo.Simulator.Messages.Events;

/// <summary>Turns events into the bytes of a stream.</summary>
internal sealed class SseFrames(EventShape shape, string messageId)
{
    /// <summary>Characters beyond ASCII stay as they are, so that a stream can break within one.</summary>
    private static readonly JsonSerializerOptions Raw = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>Null when the shape has no word for the event.</returns>
    public byte[]? Of(AgentEvent agentEvent)
    {
        if (agentEvent is AgentEvent.Nothing)
        {
            return "data:\n\n"u8.ToArray();
        }

        var payload = shape == EventShape.Flat ? FlatEvents.Of(agentEvent) : FrameworkEvents.Of(agentEvent, messageId);
        var prefix = agentEvent is AgentEvent.Unheard ? ": keep-alive\nevent: trace\nid: 7\nretry: 1000\n" : "";
        return payload is null ? null : Encoding.UTF8.GetBytes($"{prefix}data: {payload.ToJsonString(Raw)}\n\n");
    }
}
