using System.Text.Json.Nodes;
using NemoVideo.Simulator.Desk;
using NemoVideo.Simulator.Ledger;
using NemoVideo.Simulator.Scenarios;

namespace NemoVideo.Simulator.Accounts;

/// <summary><c>POST /api/auth/claim-token</c>: a token that opens one project in the browser.</summary>
internal sealed class ClaimTokenEndpoint(FrontDesk desk, BackendLedger ledger)
{
    private const int SecondsValid = 604_800;

    public async Task<IResult> HandleAsync(HttpContext http)
    {
        var body = await RequestBody.ReadObjectAsync(http);
        return await desk.ServeAccountAsync(http, BackendCall.ClaimToken, taskName: null, visit =>
        {
            var session = ledger.World.Sessions.GetValueOrDefault(body?["session_id"].AsText() ?? "");
            var known = session?.UserId == visit.Account!.UserId && session.TaskId == body?["task_id"].AsText();
            return Task.FromResult(known
                ? Answer.Ok(new JsonObject { ["claim_token"] = Identifiers.New("clm"), ["expires_in"] = SecondsValid })
                : visit.Refuse(Codes.SessionNotFound, "no such project"));
        });
    }
}
