using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Host;
using FaceSwap.Testing.Time;
using NemoVideo.Simulator.Gates;
using NemoVideo.Simulator.Scenarios;
using Xunit;

namespace FaceSwap.EndToEnd;

/// <summary>Many jobs at once: each costs as many storage operations as alone, and none holds up another.</summary>
public sealed class ManyJobsTests(OwnStorage own, ITestOutputHelper output) : IClassFixture<OwnStorage>
{
    private const int AtOnce = 10;

    [Fact]
    public async Task Operations_OfAJob_DoNotGrowWithTheJobsAtOnce()
    {
        await using var rig = await Rig.StartInProcessAsync(own.Storage);

        // The first one also finds the token and what else the app keeps.
        await rig.CompletedOnceAsync(await rig.Jobs.SubmitAsync());
        var alone = await CountAsync(rig, 1);
        var together = await CountAsync(rig, AtOnce);

        output.WriteLine($"{alone} operations alone, {(double)together / AtOnce:0.0} for each of {AtOnce} at once");
        Assert.InRange(alone, 20, 39);
        Assert.InRange(together, 1, AtOnce * (alone + 4));
    }

    [Fact]
    public async Task Jobs_SixtyInMidStream_DoNotHoldUpOneMore()
    {
        await using var rig = await Rig.StartAsync(own.Storage);
        var hold = new Hold { At = Point.MessageStreaming, Gate = "sixty" };
        await rig.Backend.Control.ChooseAsync(new Scenario { NextSessions = 60, Holds = [hold] });
        await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => rig.Jobs.SubmitAsync()));
        await Eventually.HoldsAsync(async () => (await rig.Backend.Control.ReadLedgerAsync()).Messages.Count == 60, "sixty streams are open", AppHost.JobLimit);

        await rig.CompletedOnceAsync(await rig.Jobs.SubmitAsync());

        Assert.Equal(61, (await rig.Backend.Control.ReadLedgerAsync()).Messages.Count);
    }

    private static async Task<int> CountAsync(Rig rig, int jobs)
    {
        var before = Count(rig);
        var ids = await Task.WhenAll(Enumerable.Range(0, jobs).Select(_ => rig.Jobs.SubmitAsync()));
        foreach (var id in ids)
        {
            await rig.CompletedOnceAsync(id);
        }

        return Count(rig) - before;
    }

    // Apart from what callers read while they wait for a job, and fetch when it has ended.
    private static int Count(Rig rig) => rig.Storage.Requests(rig.Container.Name).Count(line =>
        !line.Contains("GET", StringComparison.Ordinal)
        || !(line.Contains("progress.json", StringComparison.Ordinal) || line.Contains("sig=", StringComparison.Ordinal)));
}
