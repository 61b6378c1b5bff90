using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;
using FaceSwap.Testing.Time;
using NemoVideo.Simulator.Control;
using NemoVideo.Simulator.Ledger;
using NemoVideo.Simulator.Scenarios;
using Xunit;

namespace FaceSwap.Testing.Backend;

/// <summary>Speaks the simulator's control routes.</summary>
public sealed class SimulatorControl(Uri address) : IDisposable
{
    private static readonly int GateWaitSeconds = (int)Eventually.DefaultDeadline.TotalSeconds;
    private readonly HttpClient http = new() { BaseAddress = address, Timeout = 2 * Eventually.DefaultDeadline };

    /// <summary>Chooses a scenario and returns it with its id.</summary>
    public Task<Scenario> ChooseAsync(Scenario scenario) =>
        PostAsync("/_sim/scenarios", scenario, ControlJson.Default.Scenario, ControlJson.Default.Scenario);

    public async Task<LedgerView> ReadLedgerAsync() =>
        (await http.GetFromJsonAsync("/_sim/ledger", ControlJson.Default.LedgerView))!;

    /// <summary>Waits until so many stand before the gate.</summary>
    public Task WaitForGateAsync(string gate, int arrivals) => Eventually.HoldsAsync(
        async () => (await http.GetFromJsonAsync($"/_sim/gates/{gate}", ControlJson.Default.GateView))!.Arrivals >= arrivals, $"{arrivals} come to the gate {gate}");

    /// <summary>Waits until someone stands before the gate; fails the test when no one comes.</summary>
    public async Task WaitForGateAsync(string gate)
    {
        var view = (await http.GetFromJsonAsync($"/_sim/gates/{gate}?wait={GateWaitSeconds}", ControlJson.Default.GateView))!;
        Assert.True(view.Arrivals > 0, $"No one came to the gate {gate}");
    }

    /// <summary>Opens the gate for good.</summary>
    public async Task ReleaseGateAsync(string gate)
    {
        using var response = await http.PostAsync(new Uri($"/_sim/gates/{gate}/release", UriKind.Relative), content: null);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Opens a registered account for a configured token.</summary>
    public Task OpenAccountAsync(string token, int credits) => SetAccountAsync(new AccountRequest { Token = token, Credits = credits });

    /// <summary>Sets the credits of a client id's account; one that is yet to come gets them from the start.</summary>
    public Task SetCreditsAsync(string clientId, int credits) => SetAccountAsync(new AccountRequest { ClientId = clientId, Credits = credits });

    /// <summary>Makes every token invalid from now on, or those of one client id.</summary>
    public async Task ExpireTokensAsync(string? clientId = null)
    {
        using var response = await http.PostAsJsonAsync("/_sim/tokens/expire", new ExpiryRequest { ClientId = clientId }, ControlJson.Default.ExpiryRequest);
        response.EnsureSuccessStatusCode();
    }

    public void Dispose() => http.Dispose();

    private Task<AccountView> SetAccountAsync(AccountRequest request) =>
        PostAsync("/_sim/accounts", request, ControlJson.Default.AccountRequest, ControlJson.Default.AccountView);

    private async Task<TAnswer> PostAsync<TBody, TAnswer>(string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TAnswer> answerType)
    {
        using var response = await http.PostAsJsonAsync(path, body, bodyType);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync(answerType))!;
    }
}
