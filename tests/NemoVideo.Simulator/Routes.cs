using NemoVideo.Simulator.Accounts;
using NemoVideo.Simulator.Control;
using NemoVideo.Simulator.Ledger;
using NemoVideo.Simulator.Media;
using NemoVideo.Simulator.Messages;
using NemoVideo.Simulator.Renders;
using NemoVideo.Simulator.Sessions;
using NemoVideo.Simulator.State;
using NemoVideo.Simulator.Uploads;

namespace NemoVideo.Simulator;

/// <summary>The backend's routes and those of the control.</summary>
internal static class Routes
{
    public static void MapBackend(this WebApplication app)
    {
        app.MapPost("/api/auth/anonymous-token", (HttpContext http, AnonymousTokenEndpoint endpoint) => endpoint.HandleAsync(http));
        app.MapPost("/api/auth/claim-token", (HttpContext http, ClaimTokenEndpoint endpoint) => endpoint.HandleAsync(http));
        app.MapGet("/api/credits/balance/simple", (HttpContext http, CreditsEndpoint endpoint) => endpoint.HandleAsync(http));
        app.MapPost("/api/tasks/me/with-session/nemo_agent", (HttpContext http, SessionEndpoint endpoint) => endpoint.HandleAsync(http));
        app.MapPost("/api/upload-video/nemo_agent/me/{id}", (HttpContext http, string id, UploadEndpoint endpoint) => endpoint.HandleAsync(http, id));
        app.MapGet("/api/state/nemo_agent/me/{id}/latest", (HttpContext http, string id, StateEndpoint endpoint) => endpoint.HandleAsync(http, id));
        app.MapPost("/run_sse", (HttpContext http, MessageEndpoint endpoint) => endpoint.HandleAsync(http));
        app.MapPost("/api/render/proxy/lambda", (HttpContext http, SubmitEndpoint endpoint) => endpoint.HandleAsync(http));
        app.MapGet("/api/render/proxy/lambda/{id}", (HttpContext http, string id, RenderEndpoints endpoints) => endpoints.PollAsync(http, id));
        app.MapPost("/api/render/proxy/lambda/{id}/cancel", (HttpContext http, string id, RenderEndpoints endpoints) => endpoints.CancelAsync(http, id));
        app.MapGet("/api/render/proxy/{id}/download", (HttpContext http, string id, RenderEndpoints endpoints) => endpoints.DownloadAsync(http, id));
        app.MapGet("/_media/results/{id}.mp4", (HttpContext http, string id, RenderEndpoints endpoints) => endpoints.FetchAsync(http, id));
        app.MapGet("/_media/uploads/{name}", (string name, MediaFolder folder) => File.Exists(folder.PathOf(Path.GetFileName(name)))
            ? Results.Stream(folder.Open(Path.GetFileName(name)), enableRangeProcessing: true)
            : Results.NotFound());
        app.MapFallback("{*path}", (HttpContext http, BackendLedger ledger) =>
        {
            ledger.Write(new UnknownCall(http.Request.Method, http.Request.Path));
            return Results.NotFound();
        });
    }

    public static void MapControl(this WebApplication app)
    {
        var control = app.MapGroup("/_sim");
        control.MapGet("/ledger", (ControlEndpoints endpoints) => endpoints.ReadLedger());
        control.MapPost("/scenarios", (HttpContext http, ControlEndpoints endpoints) => endpoints.ChooseAsync(http));
        control.MapGet("/gates/{name}", (HttpContext http, string name, ControlEndpoints endpoints) => endpoints.WaitForGateAsync(http, name));
        control.MapPost("/gates/{name}/release", (string name, ControlEndpoints endpoints) => endpoints.ReleaseGate(name));
        control.MapPost("/accounts", (HttpContext http, ControlEndpoints endpoints) => endpoints.SetAccountAsync(http));
        control.MapPost("/tokens/expire", (HttpContext http, ControlEndpoints endpoints) => endpoints.ExpireTokensAsync(http));
    }
}
