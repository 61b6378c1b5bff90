using System.Text.Json.Nodes;
using NemoVideo.Simulator.Desk;
using NemoVideo.Simulator.Scenarios;

namespace NemoVideo.Simulator.Renders;

/// <summary>A render's status in either shape.</summary>
internal static class RenderDescription
{
    public static IResult Of(Render render, Scenario scenario, HttpRequest request)
    {
        var address = render.StoredAs is null ? null : $"{request.Scheme}://{request.Host}/_media/results/{Uri.EscapeDataString(render.RenderId)}.mp4";
        return Answer.Json(scenario.RenderShape == RenderShape.TopLevel ? TopLevel(render, address) : Wrapped(render, address));
    }

    private static JsonObject TopLevel(Render render, string? address)
    {
        var body = new JsonObject { ["status"] = Word(render.Status) };
        if (address is not null)
        {
            body["output"] = new JsonObject { ["url"] = address };
        }

        if (render.Error is not null)
        {
            body["error"] = render.Error;
        }

        return body;
    }

    private static JsonObject Wrapped(Render render, string? address) => new()
    {
        ["success"] = true,
        ["data"] = new JsonObject
        {
            ["id"] = render.RenderId,
            ["status"] = Word(render.Status),
            ["progress"] = render.Status switch { RenderStatus.Completed => 100, RenderStatus.Processing => 50, _ => 0 },
            ["outputUrl"] = address,
            ["error"] = render.Error,
            ["createdAt"] = render.RequestedAt.ToUnixTimeMilliseconds(),
            ["completedAt"] = render.EndedAt?.ToUnixTimeMilliseconds(),
        },
    };

    /// <summary>The backend knows four words; what its caller cancelled it calls failed.</summary>
    private static string Word(RenderStatus status) => status switch
    {
        RenderStatus.Pending => "pending",
        RenderStatus.Processing => "processing",
        RenderStatus.Completed => "completed",
        _ => "failed",
    };
}
