using System.Text.Json;
using System.Text.Json.Nodes;

namespace NemoVideo.Simulator.Desk;

/// <summary>Reads JSON bodies without trusting them.</summary>
internal static class RequestBody
{
    /// <returns>The object, or null when the body is not one.</returns>
    public static async Task<JsonObject?> ReadObjectAsync(HttpContext http)
    {
        try
        {
            return await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <returns>The text, or null when the node is none.</returns>
    public static string? AsText(this JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
