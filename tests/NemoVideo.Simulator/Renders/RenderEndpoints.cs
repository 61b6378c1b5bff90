using NemoVideo.Simulator.Desk;
using NemoVideo.Simulator.Gates;
using NemoVideo.Simulator.Ledger;
using NemoVideo.Simulator.Media;
using NemoVideo.Simulator.Scenarios;

namespace NemoVideo.Simulator.Renders;

/// <summary>What can be asked about a render: its status, its cancellation, its result.</summary>
internal sealed class RenderEndpoints(FrontDesk desk, BackendLedger ledger, MediaFolder folder, ScenarioBook scenarios)
{
    /// <summary><c>GET /api/render/proxy/lambda/{id}</c>.</summary>
    public Task<IResult> PollAsync(HttpContext http, string id) => ServeAsync(http, BackendCall.RenderPoll, id, async visit =>
    {
        await visit.PassAsync(Point.RenderPoll);
        var render = ledger.World.Renders[id];
        ledger.Write(new RenderPolled(id, render.Status));
        return RenderDescription.Of(render, visit.Scenario, http.Request);
    });

    /// <summary><c>POST /api/render/proxy/lambda/{id}/cancel</c>: only what is pending can be cancelled.</summary>
    public Task<IResult> CancelAsync(HttpContext http, string id) => ServeAsync(http, BackendCall.RenderCancel, id, visit =>
    {
        var cancelled = ledger.TryWrite(world =>
            world.Renders[id].Status == RenderStatus.Pending ? new RenderAdvanced(id, RenderStatus.Cancelled) : null);
        return Task.FromResult(cancelled
            ? RenderDescription.Of(ledger.World.Renders[id], visit.Scenario, http.Request)
            : visit.Refuse(Codes.Conflict, "only a pending render can be cancelled"));
    });

    /// <summary><c>GET /api/render/proxy/{id}/download</c>: the way round a result address that does not work.</summary>
    public Task<IResult> DownloadAsync(HttpContext http, string id) => ServeAsync(http, BackendCall.RenderDownload, id, visit =>
        Task.FromResult(ledger.World.Renders[id].StoredAs is { } storedAs
            ? new ResultFile(id, storedAs, folder, ledger, () => visit.PassAsync(Point.ResultHalf))
            : visit.Refuse(Codes.NotFound, "no result")));

    /// <summary><c>GET /_media/results/{id}.mp4</c>: the address a completed render names.</summary>
    public Task<IResult> FetchAsync(HttpContext http, string id)
    {
        if (!ledger.World.Renders.TryGetValue(id, out var render) || render.StoredAs is not { } storedAs)
        {
            return Task.FromResult(Results.NotFound());
        }

        var scenario = scenarios.For(ledger.World.Sessions[render.SessionId]);
        return desk.ServeAnyoneAsync(http, BackendCall.Media, scenario, render.SessionId, async visit =>
        {
            await visit.PassAsync(Point.ResultRequested);
            return scenario.BrokenAddress
                ? Results.StatusCode(StatusCodes.Status403Forbidden)
                : new ResultFile(id, storedAs, folder, ledger, () => visit.PassAsync(Point.ResultHalf));
        });
    }

    private Task<IResult> ServeAsync(HttpContext http, BackendCall call, string id, Func<Visit, Task<IResult>> act) =>
        ledger.World.Renders.TryGetValue(id, out var render)
            ? desk.ServeSessionAsync(http, call, render.SessionId, act)
            : desk.ServeAccountAsync(http, call, taskName: null, visit => Task.FromResult(visit.Refuse(Codes.NotFound, "no such render")));
}
