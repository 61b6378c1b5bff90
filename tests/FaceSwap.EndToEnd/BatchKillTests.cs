using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Media;
using Xunit;

namespace FaceSwap.EndToEnd;

/// <summary>Batches whose host is killed on the way: every item ends once, and none is paid for twice.</summary>
public sealed class BatchKillTests(AzuriteFixture azurite)
{
    private static readonly int Items = Environment.GetEnvironmentVariable("FACESWAP_FULL") == "1" ? 200 : 20;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);

    [Fact]
    public async Task Batch_WhoseHostIsKilledTwice_EndsWithTheRightCounts()
    {
        await using var rig = await Rig.StartAsync(azurite, ["--anonymouscredits=1000000"]);
        await using var media = await MediaServer.StartAsync();
        int[] missing = [.. Enumerable.Range(1, Items).Where(number => number % 10 == 0)];
        var batch = BatchCalls.BatchOf(media, Items, missing);
        batch["concurrency"] = 8;
        var id = await rig.SubmitBatchAsync(batch);

        foreach (var share in new[] { 4, 2 })
        {
            await rig.WaitForBatchAsync(id, shown => (int)shown["counts"]!["completed"]! >= Items / share / 2, Limit);
            await rig.Host.KillAsync();
            await rig.Host.StartAsync();
        }

        var ended = await rig.WaitForBatchAsync(id, Limit);
        Assert.Equal("completed", (string?)ended["status"]);
        var results = await rig.ReadResultsAsync(id);
        await rig.PaidOnceEachAsync(results);
        Assert.Equal(Enumerable.Range(1, Items), results.Select(result => (int)result["item"]!));

        // What a killed host left in mid-stream may be undecidable, and is said to be; nothing else is lost.
        var counts = ended["counts"]!;
        Assert.Equal(missing, results.Where(result => (string?)result["error"] == "media_unreachable").Select(result => (int)result["item"]!));
        Assert.Equal(
            (Items, missing.Length, 0, 0),
            ((int)counts["completed"]! + (int)counts["failed"]! + (int)counts["ambiguous"]!, (int)counts["failed"]!, (int)counts["cancelled"]!, (int)counts["running"]!));
        Assert.Equal((int)counts["completed"]!, results.Count(result => (string?)result["status"] == "completed"));
        Assert.Equal((int)counts["ambiguous"]!, results.Count(result => (string?)result["error"] == "ambiguous_outcome"));
    }
}
