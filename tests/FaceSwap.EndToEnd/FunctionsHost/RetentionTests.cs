using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Host;
using FaceSwap.Testing.Time;
using Xunit;

namespace FaceSwap.EndToEnd.FunctionsHost;

/// <summary>The timer that removes old jobs, in the genuine worker, over the history of the genuine extension.</summary>
public sealed class RetentionTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Timer_RemovesAJobThatHasBeenKeptLongEnough()
    {
        // Less than a second.
        await using var rig = await Rig.StartAsync(azurite, HostKind.Functions, ("Retention__Days", "0.00001"));
        var id = await rig.Jobs.SubmitAsync();
        await rig.CompletedOnceAsync(id);

        await Eventually.HoldsAsync(
            async () =>
            {
                using var fired = await rig.Jobs.Http.PostAsync("admin/functions/RemoveOldJobs", null, TestContext.Current.CancellationToken);
                Assert.True(fired.IsSuccessStatusCode, $"{fired.StatusCode}\n{rig.Host.Log.Text}");
                return (await rig.Jobs.GetAsync($"api/jobs/{id}")).Status == 404;
            },
            "the job is gone",
            TimeSpan.FromMinutes(1));

        Assert.DoesNotContain(rig.Container.GetBlobs(new(), TestContext.Current.CancellationToken), blob => blob.Name.Contains(id, StringComparison.Ordinal) && !blob.Name.StartsWith("system/uses/", StringComparison.Ordinal));
    }
}
