using System.Text.Json.Nodes;
using FaceSwap.EndToEnd.Drivers;
using Xunit;

namespace FaceSwap.EndToEnd;

/// <summary>Kills of worker, host and both at random moments under many jobs. Short in every run, whole under <c>eng/test.sh --full</c>.</summary>
public sealed class KillCampaignTests(AzuriteFixture azurite, ITestOutputHelper output)
{
    private static readonly bool IsFull = Environment.GetEnvironmentVariable("FACESWAP_FULL") == "1";
    private static readonly int Kills = IsFull ? 20 : 3;
    private static readonly int Jobs = IsFull ? 60 : 9;
    private static readonly int Seed = int.TryParse(Environment.GetEnvironmentVariable("FACESWAP_SEED"), out var seed) ? seed : 1;

    [Fact]
    public async Task Jobs_UnderKillsAtRandomMoments_AreLostNowhereAndPaidForOnce()
    {
        output.WriteLine($"{Kills} kills, {Jobs} jobs, seed {Seed}");
        var random = new Random(Seed);
        await using var rig = await Rig.StartAsync(azurite);
        var ids = new List<string>();
        for (var kill = 0; kill < Kills; kill++)
        {
            ids.AddRange(await Task.WhenAll(Enumerable.Range(0, Jobs / Kills).Select(_ => rig.Jobs.SubmitAsync())));

            // When a kill strikes is the matter itself.
            await Task.Delay(TimeSpan.FromSeconds(1 + (5 * random.NextDouble())), TimeProvider.System, TestContext.Current.CancellationToken);
            await KillAsync(rig, random.Next(3));
        }

        var ends = new List<JsonObject>();
        foreach (var id in ids)
        {
            ends.Add(await rig.Jobs.WaitForEndAsync(id));
        }

        Assert.All(ends, job => JobProof.CompletedOrInDoubt(job, rig.Log));
        await rig.PaidOnceEachAsync([.. ends.Select(job => new JsonObject { ["jobId"] = job["id"]!.DeepClone(), ["item"] = job["id"]!.DeepClone(), ["status"] = job["status"]!.DeepClone() })]);
        output.WriteLine($"{ends.Count(job => (string?)job["status"] == "completed")} of {ends.Count} jobs completed");
    }

    private async Task KillAsync(Rig rig, int what)
    {
        if (what != 1)
        {
            rig.Host.BeginKillWorker();
        }

        if (what != 0)
        {
            await rig.Host.KillAsync();
        }

        // Three crashes of the worker within half an hour, and the host stops itself, as the platform's does.
        await (what == 0 ? rig.Host.WaitForNextWorkerAsync() : Task.CompletedTask);
        if (!rig.Host.IsRunning)
        {
            output.WriteLine(what == 0 ? "The host stopped itself, and is started again." : "The host was killed, and is started again.");
            await rig.Host.StartAsync();
        }
    }
}
