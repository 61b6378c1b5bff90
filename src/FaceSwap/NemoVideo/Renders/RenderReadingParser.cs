using System.Text.Json;
using FaceSwap.Errors;

namespace FaceSwap.NemoVideo.Renders;

/// <summary>Reads a render's status in either of the two shapes the backend uses. Source: backend contract, Export.</summary>
internal static class RenderReadingParser
{
    public static RenderReading Parse(JsonElement answer)
    {
        var render = answer.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object ? data : answer;
        return new RenderReading(Status(render), Progress(render), Address(render), Duration(render));
    }

    private static RenderStatus Status(JsonElement render) =>
        (render.TryGetProperty("status", out var status) ? status.GetString() : null) switch
        {
            "pending" or "queued" => RenderStatus.Pending,
            "processing" => RenderStatus.Processing,
            "completed" => RenderStatus.Completed,
            "failed" or "cancelled" or "canceled" => RenderStatus.Failed,
            _ => throw new FaceSwapException(ErrorCodes.BackendUnavailable, "The backend answered a render without a known status."),
        };

    private static int? Progress(JsonElement render) =>
        render.TryGetProperty("progress", out var progress) && progress.ValueKind == JsonValueKind.Number ? (int)progress.GetDouble() : null;

    private static TimeSpan? Duration(JsonElement render) =>
        Milliseconds(render, "createdAt") is { } created && Milliseconds(render, "completedAt") is { } completed && completed > created
            ? TimeSpan.FromMilliseconds(completed - created)
            : null;

    private static long? Milliseconds(JsonElement render, string name) =>
        render.TryGetProperty(name, out var time) && time.ValueKind == JsonValueKind.Number && time.TryGetInt64(out var value) ? value : null;

    private static string? Address(JsonElement render)
    {
        var address = render.TryGetProperty("outputUrl", out var wrapped) ? wrapped
            : render.TryGetProperty("output", out var output) && output.ValueKind == JsonValueKind.Object && output.TryGetProperty("url", out var flat) ? flat
            : default;
        return address.ValueKind == JsonValueKind.String ? address.GetString() : null;
    }
}
