using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using NemoVideo.Simulator.Desk;
using NemoVideo.Simulator.Gates;
using NemoVideo.Simulator.Ledger;
using NemoVideo.Simulator.Scenarios;

namespace NemoVideo.Simulator.Accounts;

/// <summary><c>POST /api/auth/anonymous-token</c>: one token per client id at a time; a client id keeps its account.</summary>
internal sealed class AnonymousTokenEndpoint(
    FrontDesk desk, ScenarioBook scenarios, BackendLedger ledger, IOptions<SimulatorOptions> options, TimeProvider time)
{
    public Task<IResult> HandleAsync(HttpContext http)
    {
        var clientId = http.Request.Headers["X-Client-Id"].ToString();
        var scenario = scenarios.ForClient(clientId);
        return desk.ServeAnyoneAsync(http, BackendCall.AnonymousToken, scenario, clientId, async visit =>
        {
            if (clientId.Length == 0)
            {
                return visit.Refuse(Codes.BadRequest, "X-Client-Id header is required");
            }

            await visit.PassAsync(Point.TokenRequested);
            return Issue(visit, clientId);
        });
    }

    private IResult Issue(Visit visit, string clientId)
    {
        if (AccountOf(clientId) is not { } account)
        {
            return visit.Refuse(Codes.RateLimited, "too many anonymous tokens from this address");
        }

        var now = time.GetUtcNow();
        var issued = new TokenIssued(Identifiers.New("nmv_usr"), account.UserId, now + options.Value.TokenLifetime);
        if (!ledger.TryWrite(world => HasValidToken(world, account, now) ? null : issued))
        {
            return visit.Refuse(Codes.RateLimited, "one anonymous token per client every 7 days");
        }

        return Answer.Ok(new JsonObject
        {
            ["token"] = issued.Token,
            ["user_id"] = account.UserId,
            ["expires_at"] = $"{issued.ExpiresAt:yyyy-MM-ddTHH:mm:ssZ}",
            ["credits"] = account.Available,
        });
    }

    private Account? AccountOf(string clientId)
    {
        ledger.TryWrite(world =>
            Find(world, clientId) is not null || IsFull(world)
                ? null
                : new AccountOpened(Identifiers.New("anon"), AccountKind.Anonymous, clientId, options.Value.AnonymousCredits));
        return Find(ledger.World, clientId);
    }

    private bool IsFull(World world) =>
        options.Value.ClientsPerAddress > 0
        && world.Accounts.Values.Count(account => account.Kind == AccountKind.Anonymous) >= options.Value.ClientsPerAddress;

    private static Account? Find(World world, string clientId) =>
        world.Accounts.Values.FirstOrDefault(account => account.ClientId == clientId);

    private static bool HasValidToken(World world, Account account, DateTimeOffset now) =>
        world.Tokens.Values.Any(token => token.UserId == account.UserId && token.IsValidAt(now));
}
