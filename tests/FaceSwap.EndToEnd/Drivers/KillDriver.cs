using FaceSwap.Testing.Host;
using FaceSwap.Testing.Time;
using NemoVideo.Simulator.Messages;
using NemoVideo.Simulator.Scenarios;

namespace FaceSwap.EndToEnd.Drivers;

/// <summary>Ends the host at exact moments of a job.</summary>
internal static class KillDriver
{
    private static int gates;

    /// <summary>Submits a job, kills the host when the backend comes to the point, and starts it again.</summary>
    /// <param name="rig">The rig.</param>
    /// <param name="hold">The point.</param>
    /// <param name="onDisconnect">What the backend does when the host is gone.</param>
    /// <param name="releaseAfterRestart">Whether the backend stands still until the host is back.</param>
    /// <returns>The job's id.</returns>
    public static async Task<string> KillAtAsync(
        this Rig rig, Hold hold, OnDisconnect onDisconnect = OnDisconnect.Continue, bool releaseAfterRestart = false)
    {
        var gate = $"kill-{Interlocked.Increment(ref gates)}";
        await rig.Backend.Control.ChooseAsync(new Scenario
        {
            NextSessions = 1,
            OnDisconnect = onDisconnect,
            Holds = [hold with { Gate = gate }],

            // Long enough for the second poll to find it at work, on a machine that is busy, too: timers of Azure's engine count in
            // whole seconds.
            Timings = new Dictionary<Phase, int> { [Phase.Render] = rig.Host.Kind == HostKind.Local ? 2000 : 6000 },
        });
        var id = await rig.Jobs.SubmitAsync();
        await rig.Backend.Control.WaitForGateAsync(gate);

        await rig.Host.KillAsync();
        if (!releaseAfterRestart)
        {
            await rig.Backend.Control.ReleaseGateAsync(gate);
        }

        await rig.Host.StartAsync();
        await rig.Backend.Control.ReleaseGateAsync(gate);
        return id;
    }

    /// <summary>Waits until the job's first message is as wanted.</summary>
    public static Task<Message> FirstMessageAsync(this Rig rig, string jobId, Predicate<Message> isAsWanted) => Eventually.GivesAsync(
        async () =>
        {
            var ledger = await rig.Backend.Control.ReadLedgerAsync();
            var session = ledger.Sessions.FirstOrDefault(session => session.TaskName == jobId);
            return ledger.Messages.FirstOrDefault(message => message.SessionId == session?.SessionId && isAsWanted(message));
        },
        "the first message");
}
