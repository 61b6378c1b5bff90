using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NemoVideo.Simulator.Accounts;
using NemoVideo.Simulator.Gates;
using NemoVideo.Simulator.Ledger;
using NemoVideo.Simulator.Scenarios;

namespace NemoVideo.Simulator.Control;

/// <summary>What tests say to the simulator, under <c>/_sim</c>.</summary>
internal sealed class ControlEndpoints(BackendLedger ledger, ScenarioBook scenarios, GateKeeper gates, TimeProvider time)
{
    /// <summary><c>GET /_sim/ledger</c>.</summary>
    public IResult ReadLedger() => Results.Json(LedgerView.Of(ledger.World), ControlJson.Default.LedgerView);

    /// <summary><c>POST /_sim/scenarios</c>.</summary>
    public Task<IResult> ChooseAsync(HttpContext http) => WithBodyAsync(
        http, ControlJson.Default.Scenario, scenario => Results.Json(scenarios.Choose(scenario), ControlJson.Default.Scenario));

    /// <summary><c>GET /_sim/gates/{name}?wait=seconds</c>: answers as soon as someone has come, or when the time is over.</summary>
    public async Task<IResult> WaitForGateAsync(HttpContext http, string name)
    {
        var gate = gates[name];
        _ = double.TryParse(http.Request.Query["wait"], CultureInfo.InvariantCulture, out var seconds);
        await Task.WhenAny(gate.Reached, Task.Delay(TimeSpan.FromSeconds(seconds), time, http.RequestAborted));
        return Results.Json(gate.View, ControlJson.Default.GateView);
    }

    /// <summary><c>POST /_sim/gates/{name}/release</c>.</summary>
    public IResult ReleaseGate(string name)
    {
        gates[name].Release();
        return Results.Json(gates[name].View, ControlJson.Default.GateView);
    }

    /// <summary><c>POST /_sim/accounts</c>.</summary>
    public Task<IResult> SetAccountAsync(HttpContext http) => WithBodyAsync(http, ControlJson.Default.AccountRequest, SetAccount);

    /// <summary><c>POST /_sim/tokens/expire</c>.</summary>
    public Task<IResult> ExpireTokensAsync(HttpContext http) => WithBodyAsync(http, ControlJson.Default.ExpiryRequest, ExpireTokens);

    private IResult SetAccount(AccountRequest request)
    {
        var userId = request.Token is { } token && ledger.World.Tokens.TryGetValue(token, out var known)
            ? known.UserId
            : ledger.World.Accounts.Values.FirstOrDefault(account => account.ClientId is not null && account.ClientId == request.ClientId)?.UserId;
        if (userId is not null)
        {
            ledger.Write(new CreditsSet(userId, request.Credits));
        }
        else
        {
            userId = Identifiers.New(request.Token is null ? "anon" : "usr");
            ledger.Write(new AccountOpened(
                userId, request.Token is null ? AccountKind.Anonymous : AccountKind.Registered, request.ClientId, request.Credits));
            if (request.Token is not null)
            {
                ledger.Write(new TokenIssued(request.Token, userId, ExpiresAt: null));
            }
        }

        return Results.Json(new AccountView(userId), ControlJson.Default.AccountView);
    }

    private IResult ExpireTokens(ExpiryRequest request)
    {
        var meant = ledger.World.Tokens.Values.Where(token =>
            !token.Ended && (request.ClientId is null || ledger.World.Accounts[token.UserId].ClientId == request.ClientId));
        foreach (var token in meant)
        {
            ledger.Write(new TokenEnded(token.Value));
        }

        return Results.NoContent();
    }

    /// <summary>Reads with the control's own rules: those of the web framework would let unknown fields pass.</summary>
    private static async Task<IResult> WithBodyAsync<T>(HttpContext http, JsonTypeInfo<T> type, Func<T, IResult> act)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(http.Request.Body, type, http.RequestAborted) is { } body
                ? act(body)
                : Results.BadRequest();
        }
        catch (JsonException exception)
        {
            return Results.Text(exception.Message, statusCode: StatusCodes.Status400BadRequest);
        }
    }
}
