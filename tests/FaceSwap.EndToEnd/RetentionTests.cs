using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Media;
using FaceSwap.Testing.Time;
using Xunit;

namespace FaceSwap.EndToEnd;

/// <summary>The timer that removes old jobs and batches, in the genuine worker, over the history of the genuine extension.</summary>
public sealed class RetentionTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Timer_RemovesAJobThatHasBeenKeptLongEnough()
    {
        // Less than a second.
        await using var rig = await Rig.StartInProcessAsync(azurite, ("Retention__Days", "0.00001"));
        var id = await rig.Jobs.SubmitAsync();
        await rig.CompletedOnceAsync(id);

        await Eventually.HoldsAsync(
            async () =>
            {
                await rig.RunTimerAsync("RemoveOldJobs");
                return (await rig.Jobs.GetAsync($"api/jobs/{id}")).Status == 404;
            },
            "the job is gone",
            TimeSpan.FromMinutes(1));

        Assert.Empty(rig.NamesOf(id));
    }

    [Fact]
    public async Task Timer_RemovesABatchThatHasBeenKeptLongEnough_WithItsJobs()
    {
        await using var rig = await Rig.StartInProcessAsync(azurite, ("Retention__Days", "0.00001"));
        await using var media = await MediaServer.StartAsync();
        var id = await rig.SubmitBatchAsync(BatchCalls.BatchOf(media, 2));
        await rig.WaitForBatchAsync(id);
        string[] ids = [id, .. (await rig.ReadResultsAsync(id)).Select(result => (string?)result["jobId"]).OfType<string>()];

        await Eventually.HoldsAsync(
            async () =>
            {
                await rig.RunTimerAsync("RemoveOldJobs");
                return rig.NamesOf(ids).Count == 0;
            },
            "the batch and its jobs are gone",
            TimeSpan.FromMinutes(1));

        Assert.Equal(404, (await rig.Jobs.GetAsync($"api/batches/{id}")).Status);
    }
}
