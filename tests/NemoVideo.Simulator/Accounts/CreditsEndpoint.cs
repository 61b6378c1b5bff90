using System.Text.Json.Nodes;
using NemoVideo.Simulator.Desk;
using NemoVideo.Simulator.Gates;
using NemoVideo.Simulator.Ledger;
using NemoVideo.Simulator.Scenarios;

namespace NemoVideo.Simulator.Accounts;

/// <summary><c>GET /api/credits/balance/simple</c>.</summary>
internal sealed class CreditsEndpoint(FrontDesk desk, BackendLedger ledger)
{
    public Task<IResult> HandleAsync(HttpContext http) =>
        desk.ServeAccountAsync(http, BackendCall.Credits, taskName: null, async visit =>
        {
            await visit.PassAsync(Point.CreditsRead);
            var account = ledger.World.Accounts[visit.Account!.UserId];
            var shown = Math.Min(visit.Scenario.FrozenCredits, account.Available);
            return Answer.Ok(new JsonObject
            {
                ["available"] = account.Available - shown,
                ["frozen"] = account.Frozen + shown,
                ["total"] = account.Total,
            });
        });
}
