using FaceSwap.EndToEnd.Drivers;
using Xunit;

namespace FaceSwap.EndToEnd.Ledger;

/// <summary>What a job costs in storage operations, counted by the emulator: as much beside many others as alone.</summary>
public sealed class StorageOperationTests(ITestOutputHelper output)
{
    private const int AtOnce = 20;

    [Fact]
    public async Task Operations_OfAJob_DoNotGrowWithTheJobsAtOnce()
    {
        await using var storage = await AzuriteFixture.StartOwnAsync();
        await using var rig = await Rig.StartAsync(storage);

        // The first one also finds the token and what else the app keeps.
        await rig.CompletedOnceAsync(await rig.Jobs.SubmitAsync());
        var alone = await CountAsync(rig, 1);
        var together = await CountAsync(rig, AtOnce);

        output.WriteLine($"{alone} operations alone, {(double)together / AtOnce:0.0} for each of {AtOnce} at once");
        Assert.InRange(alone, 20, 39);
        Assert.InRange(together, 1, AtOnce * (alone + 4));
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
    private static int Count(Rig rig) => rig.Azurite.Requests(rig.Container.Name).Count(line =>
        !line.Contains("GET", StringComparison.Ordinal)
        || !(line.Contains("progress.json", StringComparison.Ordinal) || line.Contains("sig=", StringComparison.Ordinal)));
}
