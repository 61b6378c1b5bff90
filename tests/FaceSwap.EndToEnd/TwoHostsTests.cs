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

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Work_OfTwoHostsOneOfWhichIsKilled_IsLostNowhereAndPaidForOnce()
    {
        await using var rig = await Rig.StartAsync(azurite);
        await using var second = await rig.Host.StartTwinAsync();
        await using var media = await MediaServer.StartAsync();
        using var other = ClientOf(second, rig);
        string[] schedules = [await ScheduleAsync(rig, media), await ScheduleAsync(rig, media)];
        var batch = await rig.SubmitBatchAsync(BatchCalls.BatchOf(media, Items));
        var ids = await Task.WhenAll(Enumerable.Range(0, Jobs).Select(number => SubmitAsync(rig, number % 2 == 0 ? rig.Jobs.Http : other)));

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

    /// <summary>What two hosts race for: the token of a new account, an idempotency key, files of the inbox, the caller's limit, and the last credits.</summary>
    [Fact]
    public async Task Races_OfTwoHosts_HaveAsManyWinnersAsMayBe()
    {
        const int Tokens = 2, Keys = 1, Files = 4, InFlight = 6, Credits = 3;
        await using var rig = await Rig.StartAsync(
            azurite,
            [$"--anonymouscredits={100 * (Tokens + Keys + Files + Credits)}"],
            ("Callers__JobsInFlight", $"{InFlight}"),
            ("Batches__InboxContainer", "inbox"),
            ("Batches__DoneContainer", "done"),
            ("Batches__InboxSettle", "00:00:00"));
        await using var second = await rig.Host.StartTwinAsync();
        await using var media = await MediaServer.StartAsync();
        using var other = ClientOf(second, rig);

        var first = await PostAsync(Tokens);
        await CompleteAsync(first);
        Assert.Single((await rig.Backend.Control.ReadLedgerAsync()).Accounts);

        var id = Assert.Single((await PostAsync(20, key: "one key")).Distinct());
        await CompleteAsync([id]);

        var (inbox, done) = (rig.Storage.Container("inbox"), rig.Storage.Container("done"));
        await inbox.CreateIfNotExistsAsync(cancellationToken: Token);
        foreach (var number in Enumerable.Range(0, Files))
        {
            var file = $"video,face\n{media.Serve($"{number}.mp4", SampleMedia.Clip)},{media.Serve("face.jpg", SampleMedia.FaceJpeg)}\n";
            await inbox.UploadBlobAsync($"{number}.csv", BinaryData.FromString(file), Token);
        }

        await Eventually.HoldsAsync(
            async () =>
            {
                await Task.WhenAll(rig.RunTimerAsync("TakeManifests"), second.RunTimerAsync("TakeManifests"));
                return !inbox.GetBlobs(new(), Token).Any();
            },
            "all files are taken");
        Assert.Equal(2 * Files, done.GetBlobs(new(), Token).Count());
        Assert.Equal(Tokens + Keys + Files, (await rig.Backend.Control.ReadLedgerAsync()).Messages.Count);

        var limited = await PostAsync(3 * InFlight);
        Assert.Equal(InFlight, limited.Distinct().Count());
        var ends = await Task.WhenAll(limited.Select(rig.Jobs.WaitForEndAsync));
        Assert.Equal(Credits, ends.Count(job => (string?)job["status"] == "completed"));
        Assert.All(ends.Where(job => (string?)job["status"] != "completed"), job => Assert.Equal("insufficient_credits", (string?)job["error"]!["code"]));
        Assert.Equal(Tokens + Keys + Files + Credits, (await rig.Backend.Control.ReadLedgerAsync()).Messages.Count);

        async Task<IReadOnlyList<string>> PostAsync(int count, string? key = null) =>
            [.. (await Task.WhenAll(Enumerable.Range(0, count).Select(number => TrySubmitAsync(rig, number % 2 == 0 ? rig.Jobs.Http : other, key)))).OfType<string>()];

        async Task CompleteAsync(IEnumerable<string> ids)
        {
            foreach (var id in ids)
            {
                await rig.CompletedOnceAsync(id);
            }
        }
    }

    private static HttpClient ClientOf(AppHost second, Rig rig)
    {
        var client = second.CreateClient();
        client.DefaultRequestHeaders.Authorization = rig.Jobs.Http.DefaultRequestHeaders.Authorization;
        return client;
    }

    private static async Task<string> SubmitAsync(Rig rig, HttpClient http) => Assert.IsType<string>(await TrySubmitAsync(rig, http));

    /// <returns>The job; null where the caller has as many as may be.</returns>
    private static async Task<string?> TrySubmitAsync(Rig rig, HttpClient http, string? key = null)
    {
        using var form = rig.Jobs.Form(("video", "clip.mp4", SampleMedia.Clip), ("face", "face.jpg", SampleMedia.FaceJpeg));
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/jobs") { Content = form };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var answer = await http.SendAsync(request, Token);
        var body = await answer.Content.ReadAsStringAsync(Token);
        Assert.True((int)answer.StatusCode is 200 or 202 or 429, body);
        return (int)answer.StatusCode == 429 ? null : (string)JsonNode.Parse(body)!["id"]!;
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
