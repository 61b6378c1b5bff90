using System.Globalization;
using System.Text.Json.Nodes;
using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Host;
using FaceSwap.Testing.Media;
using FaceSwap.Testing.Time;
using Xunit;

namespace FaceSwap.EndToEnd;

/// <summary>Two hosts on one task hub and one storage account, as when Azure scales out, one of which is killed and comes back.</summary>
public sealed class TwoHostsTests(AzuriteFixture azurite)
{
    private static readonly bool IsFull = Environment.GetEnvironmentVariable("FACESWAP_FULL") == "1";
    private static readonly int Jobs = IsFull ? 100 : 16;
    private static readonly int Items = IsFull ? 40 : 6;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task Work_OfTwoHostsOneOfWhichIsKilled_IsLostNowhereAndPaidForOnce()
    {
        await using var rig = await Rig.StartAsync(azurite);
        await using var second = await rig.Host.StartTwinAsync();
        await using var media = await MediaServer.StartAsync();
        using var other = ClientOf(second, rig);
        string[] schedules = [await ScheduleAsync(rig, media), await ScheduleAsync(rig, media)];
        var batch = await rig.SubmitBatchAsync(BatchCalls.BatchOf(media, Items));
        var ids = await Task.WhenAll(Enumerable.Range(0, Jobs).Select(number => SubmitAsync(rig, number % 2 == 0 ? rig.Jobs.Http : other, key: null)));

        await Eventually.HoldsAsync(async () => (await rig.Backend.Control.ReadLedgerAsync()).Messages.Count >= Jobs / 4, "a quarter is under way", Limit);
        await second.KillAsync();
        await second.StartAsync();

        foreach (var id in ids)
        {
            JobProof.CompletedOrInDoubt(await rig.Jobs.WaitForEndAsync(id), rig.Log, second.Log);
        }

        await rig.PaidOnceEachAsync([.. ids.Select(id => new JsonObject { ["jobId"] = id, ["item"] = id, ["status"] = "ended" })]);
        await EndsOnceAsync(rig, second, batch, Items);
        foreach (var schedule in schedules)
        {
            await RanOnceEachTimeAsync(rig, second, schedule);
        }
    }

    [Fact]
    public async Task Job_PostedToTwoHostsUnderOneKey_IsOneJobAndOneCharge()
    {
        await using var rig = await Rig.StartAsync(azurite);
        await using var second = await rig.Host.StartTwinAsync();
        using var other = ClientOf(second, rig);

        var ids = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => SubmitAsync(rig, number % 2 == 0 ? rig.Jobs.Http : other, "one key")));

        var id = Assert.Single(ids.Distinct());
        await rig.CompletedOnceAsync(id);
        Assert.Single((await rig.Backend.Control.ReadLedgerAsync()).Messages);
    }

    private static HttpClient ClientOf(AppHost second, Rig rig)
    {
        var client = second.CreateClient();
        client.DefaultRequestHeaders.Authorization = rig.Jobs.Http.DefaultRequestHeaders.Authorization;
        return client;
    }

    private static async Task<string> SubmitAsync(Rig rig, HttpClient http, string? key)
    {
        using var form = rig.Jobs.Form(("video", "clip.mp4", SampleMedia.Clip), ("face", "face.jpg", SampleMedia.FaceJpeg));
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/jobs") { Content = form };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True((int)answer.StatusCode is 200 or 202, body);
        return (string)JsonNode.Parse(body)!["id"]!;
    }

    private static Task<string> ScheduleAsync(Rig rig, MediaServer media) =>
        rig.CreateScheduleAsync(new JsonObject { ["cron"] = $"*/{Every.TotalSeconds:0} * * * * *", ["overlap"] = "queue", ["batch"] = BatchCalls.BatchOf(media, 1) });

    private static async Task EndsOnceAsync(Rig rig, AppHost second, string batch, int items)
    {
        await rig.WaitForBatchAsync(batch, Limit);
        var results = await rig.ReadResultsAsync(batch);
        await rig.PaidOnceEachAsync(results);
        Assert.Equal(items, results.Count);
        Assert.All(results, result => JobProof.CompletedOrInDoubt(result, rig.Log, second.Log));
    }

    private static async Task RanOnceEachTimeAsync(Rig rig, AppHost second, string schedule)
    {
        var (paused, shown) = await rig.Jobs.PostAsync($"api/schedules/{schedule}/pause", "{}");
        Assert.True(paused == 200, shown.ToJsonString());
        List<JsonObject> runs = [.. (await rig.RunsAsync(schedule)).Reverse()];
        Assert.NotEmpty(runs);

        // Each time has its run, or is counted by the one that makes it good.
        Assert.All(runs.Zip(runs.Skip(1)), pair => Assert.Equal(AtOf(pair.First) + (Every * (1 + (int)pair.Second["missed"]!)), AtOf(pair.Second)));
        foreach (var run in runs.Where(run => (string?)run["status"] == "started"))
        {
            await EndsOnceAsync(rig, second, (string)run["batchId"]!, items: 1);
        }
    }

    private static DateTimeOffset AtOf(JsonObject run) => DateTimeOffset.Parse((string)run["at"]!, CultureInfo.InvariantCulture);
}
