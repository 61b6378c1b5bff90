using FaceSwap.EndToEnd.Drivers;
using NemoVideo.Simulator.Gates;
using NemoVideo.Simulator.Scenarios;
using Xunit;

namespace FaceSwap.EndToEnd.LocalHost;

/// <summary>A job that stands still in its paid stream, and a request that watches it.</summary>
internal sealed class WatchedJob(Rig rig, string gate, Stream events) : IAsyncDisposable
{
    public Stream Events => events;

    public static async Task<WatchedJob> StartAsync(Rig rig)
    {
        var hold = new Hold { At = Point.MessageStreaming, Gate = "watched" };
        await rig.Backend.Control.ChooseAsync(new Scenario { NextSessions = 1, Holds = [hold] });
        var id = await rig.Jobs.SubmitAsync();
        await rig.Backend.Control.WaitForGateAsync(hold.Gate);
        var events = await rig.Jobs.Http.GetStreamAsync($"api/jobs/{id}/events", TestContext.Current.CancellationToken);
        return new WatchedJob(rig, hold.Gate, events);
    }

    public async ValueTask DisposeAsync()
    {
        await events.DisposeAsync();
        await rig.Backend.Control.ReleaseGateAsync(gate);
    }
}
