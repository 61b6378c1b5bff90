using System.Text.Json.Nodes;
using NemoVideo.Simulator.Desk;
using NemoVideo.Simulator.Gates;
using NemoVideo.Simulator.Ledger;
using NemoVideo.Simulator.Scenarios;
using NemoVideo.Simulator.Sessions;
using NemoVideo.Simulator.Uploads;

namespace NemoVideo.Simulator.State;

/// <summary><c>GET /api/state/nemo_agent/me/{session}/latest</c>.</summary>
internal sealed class StateEndpoint(FrontDesk desk, BackendLedger ledger)
{
    public Task<IResult> HandleAsync(HttpContext http, string sessionId) =>
        desk.ServeSessionAsync(http, BackendCall.State, sessionId, async visit =>
        {
            await visit.PassAsync(Point.StateRead);
            return Results.Text(Write(ledger.World.Sessions[sessionId], http.Request), "application/json");
        });

    private static string Write(Session session, HttpRequest request)
    {
        var videos = new JsonArray([.. session.Files.Select(file => FileDescription.Of(file, request))]);
        var generated = new JsonArray([.. session.Stages.Where(stage => stage.Stage == 1).Select(Generated)]);
        var canvas = new JsonObject
        {
            ["width"] = session.Clip?.Facts.Width ?? 1080,
            ["height"] = session.Clip?.Facts.Height ?? 1920,
            ["fps"] = session.Clip?.Facts.Fps ?? 30,
        };
        return $$$"""
            {"code":0,"data":{"user_id":"{{{session.UserId}}}","state":{"draft":{{{Draft.Of(session)}}},"video_infos":{{{videos.ToJsonString()}}},"canvas_config":{{{canvas.ToJsonString()}}},"video_analyses":[],"generated_media":{{{generated.ToJsonString()}}} } } }
            """;
    }

    private static JsonNode Generated(AppliedStage stage) => new JsonObject
    {
        ["id"] = $"gen_{stage.MessageId}",
        ["media_type"] = "video",
        ["created_at"] = stage.At.ToUnixTimeMilliseconds(),
    };
}
