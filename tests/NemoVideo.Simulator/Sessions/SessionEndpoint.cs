using System.Text.Json.Nodes;
using NemoVideo.Simulator.Desk;
using NemoVideo.Simulator.Gates;
using NemoVideo.Simulator.Ledger;
using NemoVideo.Simulator.Scenarios;

namespace NemoVideo.Simulator.Sessions;

/// <summary><c>POST /api/tasks/me/with-session/nemo_agent</c>.</summary>
internal sealed class SessionEndpoint(FrontDesk desk, ScenarioBook scenarios, BackendLedger ledger)
{
    public async Task<IResult> HandleAsync(HttpContext http)
    {
        var body = await RequestBody.ReadObjectAsync(http);
        var taskName = body?["task_name"].AsText();
        return await desk.ServeAccountAsync(http, BackendCall.SessionCreate, taskName ?? "", async visit =>
        {
            if (taskName is null || body?["language"].AsText() is not { } language)
            {
                return visit.Refuse(Codes.BadRequest, "task_name and language are required");
            }

            await visit.PassAsync(Point.SessionRequested);
            var created = Create(visit, taskName, language);
            await visit.PassAsync(Point.SessionCreated);
            return Answer.Ok(new JsonObject
            {
                ["task_id"] = created.TaskId,
                ["session_id"] = created.SessionId,
                ["user_id"] = created.UserId,
            });
        });
    }

    private SessionCreated Create(Visit visit, string taskName, string language)
    {
        var created = new SessionCreated(
            Identifiers.Session(), Identifiers.New("task"), visit.Account!.UserId, taskName, language, ScenarioId: null);
        ledger.TryWrite(_ => created with { ScenarioId = scenarios.WithRoom()?.Id });
        return created;
    }
}
