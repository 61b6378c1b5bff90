using System.Collections.Concurrent;
using NemoVideo.Simulator.Ledger;
using NemoVideo.Simulator.Scenarios;

namespace NemoVideo.Simulator.Renders;

/// <summary>Works renders off: one at a time for a session, the others wait in <c>pending</c>. Takes them up again after a restart.</summary>
internal sealed partial class RenderFarm(
    BackendLedger ledger,
    ScenarioBook scenarios,
    Compositor compositor,
    PhaseClock clock,
    IHostApplicationLifetime lifetime,
    ILogger<RenderFarm> logger) : IHostedService
{
    private readonly ConcurrentDictionary<string, Task> lastOfSession = [];

    /// <summary>Queues a render that stands in the ledger.</summary>
    public void Enqueue(Render render) => lastOfSession.AddOrUpdate(
        render.SessionId,
        _ => RunAfterAsync(Task.CompletedTask, render),
        (_, before) => RunAfterAsync(before, render));

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var render in ledger.World.Renders.Values.Where(render => !render.IsFinal).OrderBy(render => render.RequestedAt))
        {
            Enqueue(render);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(lastOfSession.Values).WaitAsync(cancellationToken);

    private async Task RunAfterAsync(Task before, Render render)
    {
        await before;
        try
        {
            await RunAsync(render, lifetime.ApplicationStopping);
        }
        catch (OperationCanceledException)
        {
            // The simulator stops; the ledger knows where to go on.
        }
        catch (Exception exception)
        {
            // The edge of a background task: nobody else would ever see it.
            Log.Broken(logger, render.RenderId, exception);
        }
    }

    private async Task RunAsync(Render render, CancellationToken stopping)
    {
        var scenario = scenarios.For(ledger.World.Sessions[render.SessionId]);
        await clock.WaitAsync(scenario, Phase.RenderQueue, stopping);
        ledger.TryWrite(world => world.Renders[render.RenderId].Status == RenderStatus.Pending
            ? new RenderAdvanced(render.RenderId, RenderStatus.Processing)
            : null);
        if (ledger.World.Renders[render.RenderId].Status != RenderStatus.Processing)
        {
            return;
        }

        var busy = scenario.RenderNeverEnds
            ? clock.ForeverAsync(stopping)
            : clock.WaitAsync(scenario, Phase.Render, stopping);
        await FinishAsync(render, scenario, busy, stopping);
    }

    private async Task FinishAsync(Render render, Scenario scenario, Task busy, CancellationToken stopping)
    {
        var failed = ledger.World.Renders.Values.Count(other => other.SessionId == render.SessionId && other.Status == RenderStatus.Failed);
        if (failed < scenario.RenderFailures)
        {
            await busy;
            ledger.Write(new RenderAdvanced(render.RenderId, RenderStatus.Failed, Error: "render worker crashed"));
            return;
        }

        var result = await compositor.ComposeAsync(ledger.World.Sessions[render.SessionId], stopping);
        await busy;
        ledger.Write(result is null
            ? new RenderAdvanced(render.RenderId, RenderStatus.Failed, Error: "nothing to render")
            : new RenderAdvanced(render.RenderId, RenderStatus.Completed, result));
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Render {RenderId} broke")]
        public static partial void Broken(ILogger logger, string renderId, Exception exception);
    }
}
