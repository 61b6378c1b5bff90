using NemoVideo.Simulator.Desk;
using NemoVideo.Simulator.Gates;
using NemoVideo.Simulator.Ledger;
using NemoVideo.Simulator.Scenarios;
using NemoVideo.Simulator.State;

namespace NemoVideo.Simulator.Renders;

/// <summary><c>POST /api/render/proxy/lambda</c>.</summary>
internal sealed class SubmitEndpoint(FrontDesk desk, RenderFarm farm, BackendLedger ledger)
{
    public async Task<IResult> HandleAsync(HttpContext http)
    {
        using var order = await RenderOrder.ReadAsync(http);
        return await desk.ServeSessionAsync(http, BackendCall.RenderSubmit, order.SessionId, async visit =>
        {
            if (!Attribution.IsComplete(http.Request))
            {
                return visit.Refuse(Codes.PlanBlocked, "export is not available on the free plan");
            }

            if (!order.IsComplete)
            {
                return visit.Refuse(Codes.BadRequest, "id, draft with segments and output are required");
            }

            await visit.PassAsync(Point.RenderRequested);
            return await SubmitAsync(visit, order);
        });
    }

    private async Task<IResult> SubmitAsync(Visit visit, RenderOrder order)
    {
        var added = ledger.TryWrite(world => world.Renders.ContainsKey(order.Id)
            ? null
            : new RenderRequested(
                order.Id,
                order.SessionId,
                order.Draft == Draft.Of(world.Sessions[order.SessionId]),
                world.Messages.Values.Any(message => message.SessionId == order.SessionId && message.EndedAt is null)));
        if (!added)
        {
            return visit.Refuse(Codes.Conflict, "duplicate render id");
        }

        farm.Enqueue(ledger.World.Renders[order.Id]);
        await visit.PassAsync(Point.RenderSubmitted);
        return RenderDescription.Of(ledger.World.Renders[order.Id], visit.Scenario, visit.Http.Request);
    }
}
