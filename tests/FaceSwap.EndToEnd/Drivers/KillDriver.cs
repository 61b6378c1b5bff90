using FaceSwap.Testing.Time;
using NemoVideo.Simulator.Messages;
using NemoVideo.Simulator.Scenarios;

namespace FaceSwap.EndToEnd.Drivers;

/// <summary>Brings jobs to exact moments of their lives, where the host can be killed.</summary>
internal static class KillDriver
{
    /// <summary>Submits a job, and returns its id when the backend holds it at the point.</summary>
    /// <param name="rig">The rig.</param>
    /// <param name="hold">The point and its gate.</param>
    /// <param name="onDisconnect">What the backend does when the host is gone.</param>
    public static async Task<string> SubmitHeldAsync(this Rig rig, Hold hold, OnDisconnect onDisconnect = OnDisconnect.Continue)
    {
        await rig.Backend.Control.ChooseAsync(new Scenario
        {
            NextSessions = 1,
            OnDisconnect = onDisconnect,
            Holds = [hold],

            // Long enough for the second poll to find it at work: the engine's timers count in whole seconds.
            Timings = new Dictionary<Phase, int> { [Phase.Render] = 6000 },
        });
        var id = await rig.Jobs.SubmitAsync();
        await rig.Backend.Control.WaitForGateAsync(hold.Gate!);
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
