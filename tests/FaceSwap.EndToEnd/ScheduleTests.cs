using System.Globalization;
using System.Text.Json.Nodes;
using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Host;
using FaceSwap.Testing.Media;
using FaceSwap.Testing.Time;
using NemoVideo.Simulator.Gates;
using NemoVideo.Simulator.Scenarios;
using Xunit;

namespace FaceSwap.EndToEnd;

/// <summary>Schedules over real processes and real time.</summary>
public sealed class ScheduleTests(AzuriteFixture azurite)
{
    private const string Gate = "schedule";

    [Fact]
    public async Task Schedule_RunsAtItsTimes_LeavesOutThoseThatOverlap_AndStopsWhenItIsPaused()
    {
        await using var rig = await Rig.StartInProcessAsync(azurite);
        await using var media = await MediaServer.StartAsync();
        await rig.Backend.Control.ChooseAsync(new Scenario { NextSessions = 1, Holds = [new Hold { At = Point.MessageStreaming, Gate = Gate }] });
        var batch = BatchCalls.BatchOf(media, 1);
        batch["webhook"] = new JsonObject { ["url"] = rig.Receiver.Address.AbsoluteUri, ["events"] = new JsonArray("schedule.skipped", "batch.completed") };

        var id = await rig.CreateScheduleAsync(new JsonObject { ["name"] = "often", ["cron"] = "*/2 * * * * *", ["batch"] = batch });

        var shown = (await rig.Jobs.GetAsync($"api/schedules/{id}")).Body;
        Assert.Equal(("often", "active", 5), ((string?)shown["name"], (string?)shown["status"], shown["next"]!.AsArray().Count));

        // The first run is held; the times that follow are left out, and told.
        await rig.Backend.Control.WaitForGateAsync(Gate);
        await Eventually.HoldsAsync(async () => (await rig.RunsAsync(id)).Count(run => (string?)run["status"] == "skipped") >= 2, "two times are left out", AppHost.JobLimit);
        await Eventually.HoldsAsync(() => rig.Receiver.Received.Any(delivery => (string?)JsonNode.Parse(delivery.Body.Span)!["type"] == "schedule.skipped"), "one is told of");
        Assert.Equal(409, (await rig.Jobs.PostAsync($"api/schedules/{id}/run", "{}")).Status);
        await rig.Backend.Control.ReleaseGateAsync(Gate);
        await Eventually.HoldsAsync(async () => (await rig.RunsAsync(id)).Count(run => (string?)run["status"] == "started") >= 2, "it runs again", AppHost.JobLimit);

        var (paused, body) = await rig.Jobs.PostAsync($"api/schedules/{id}/pause", "{}");
        Assert.Equal((200, "paused", 0), (paused, (string?)body["status"], body["next"]!.AsArray().Count));
        var runs = await rig.RunsAsync(id);
        foreach (var run in runs.Where(run => (string?)run["status"] == "started"))
        {
            var ended = await rig.WaitForBatchAsync((string)run["batchId"]!);
            Assert.Equal((1, id), ((int?)ended["counts"]!["completed"], (string?)ended["schedule"]!["id"]));
            Assert.Equal((string?)run["at"], (string?)ended["schedule"]!["at"]);
        }

        // Every time is an even second, each once, and none comes any more.
        var times = runs.Select(run => DateTimeOffset.Parse((string)run["at"]!, CultureInfo.InvariantCulture)).ToList();
        Assert.All(times, time => Assert.Equal(0, time.Second % 2));
        Assert.Equal(times.Distinct().OrderDescending(), times);
        var started = runs.Count(run => (string?)run["status"] == "started");
        var (ran, now) = await rig.Jobs.PostAsync($"api/schedules/{id}/run", "{}");
        Assert.Equal((202, true, "requested"), (ran, (bool?)now["manual"], (string?)now["status"]));
        await rig.WaitForBatchAsync((string)now["batchId"]!);
        Assert.Equal(started + 1, (await rig.RunsAsync(id)).Count(run => (string?)run["status"] == "started"));
        Assert.Equal(started + 1, (await rig.Backend.Control.ReadLedgerAsync()).Messages.Count);

        using var delete = await rig.Jobs.Http.DeleteAsync($"api/schedules/{id}", TestContext.Current.CancellationToken);
        Assert.Equal(204, (int)delete.StatusCode);
        Assert.Equal(404, (await rig.Jobs.GetAsync($"api/schedules/{id}")).Status);
        Assert.Empty((await rig.Jobs.GetAsync("api/schedules")).Body["schedules"]!.AsArray());
        Assert.DoesNotContain(rig.Container.GetBlobs(new() { Prefix = "schedules/" }, TestContext.Current.CancellationToken), blob => blob.Name.Contains(id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Change_OfASchedule_HoldsFromThenOn()
    {
        await using var rig = await Rig.StartInProcessAsync(azurite);
        await using var media = await MediaServer.StartAsync();
        var id = await rig.CreateScheduleAsync(new JsonObject { ["cron"] = "0 0 0 1 1 *", ["timeZone"] = "Asia/Kolkata", ["batch"] = BatchCalls.BatchOf(media, 1) });
        var before = (await rig.Jobs.GetAsync($"api/schedules/{id}")).Body;
        Assert.All(before["next"]!.AsArray(), time => Assert.EndsWith("-12-31T18:30:00+00:00", (string)time!, StringComparison.Ordinal));

        var asked = TimeProvider.System.GetUtcNow();
        var (bad, problem) = await PatchAsync(rig, id, """{"cron":"0 0 0 30 2 *"}""");
        var (status, changed) = await PatchAsync(rig, id, """{"cron":"* * * * * *","timeZone":"UTC"}""");

        Assert.Equal((422, "invalid_request"), (bad, (string?)problem["code"]));
        Assert.Equal((200, "* * * * * *", "UTC"), (status, (string?)changed["cron"], (string?)changed["timeZone"]));
        var run = await Eventually.GivesAsync(async () => await rig.RunsAsync(id) is [var first, ..] ? first : null, "it runs at its new time", AppHost.JobLimit);

        // On a busy machine a second or two may pass unheeded; none of before the change is.
        Assert.InRange((int)run["missed"]!, 0, (int)((DateTimeOffset)run["at"]! - asked).TotalSeconds);
    }

    private static Task<(int Status, JsonObject Body)> PatchAsync(Rig rig, string id, string json) => rig.Jobs.SendAsync(
        new HttpRequestMessage(HttpMethod.Patch, $"api/schedules/{id}") { Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json") });
}
