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

/// <summary>SIGKILL of a host with several batches under way, and with a schedule that falls due while it is dead.</summary>
public sealed class KilledBatchTests(KilledBatches killed) : IClassFixture<KilledBatches>
{
    [Fact]
    public async Task Host_KilledWhileARunningBatchIsDeleted_LeavesNothingOfIt()
    {
        var (id, jobs) = killed.Deleted;

        await Eventually.HoldsAsync(async () => (await killed.Rig.Jobs.GetAsync($"api/batches/{id}")).Status == 404, "the batch is gone", AppHost.JobLimit);

        var messages = 0;
        foreach (var job in jobs)
        {
            messages += (await killed.Rig.MessagesOfAsync(job)).Count;
        }

        Assert.Equal(2, messages);
        await Eventually.HoldsAsync(() => killed.Rig.NamesOf([id, .. jobs]).Count == 0, "nothing of it is left");
        Assert.DoesNotContain(await killed.Rig.InstanceIdsAsync(), instance =>
            instance != $"delete-{id}" && (instance.Contains(id, StringComparison.Ordinal) || jobs.Any(job => instance.Contains(job, StringComparison.Ordinal))));
    }

    [Fact]
    public Task Host_KilledWithinABatchInOneSession_UploadsOnceAndRendersEach() => killed.Rig.EditedInOneSessionAsync(killed.Shared);

    [Fact]
    public async Task Host_KilledWhileABatchIsWatched_ShowsWhatIsNewToAWatcherWhoComesAgain()
    {
        // A stream ends before the platform would cut it; a watcher comes again with the last number that it has seen.
        var (id, seen) = killed.Watched;
        var events = new List<(long Number, JsonNode Batch)>();
        while (events.Count == 0 || (string?)events[^1].Batch["status"] != "completed")
        {
            events.AddRange(await killed.Rig.WatchBatchAsync(id, events.Count == 0 ? seen : events[^1].Number));
        }

        Assert.All(events, one => Assert.True(one.Number > seen, $"{one.Number} comes after {seen}"));
        Assert.Equal(3, (int?)events[^1].Batch["counts"]!["completed"]);
    }

    [Fact]
    public async Task Host_DeadWhileAScheduleFallsDue_RunsItOnceWhenItIsBack()
    {
        var (id, at) = killed.Scheduled;

        var run = await Eventually.GivesAsync(async () => (await killed.Rig.RunsAsync(id)).SingleOrDefault(), "it ran", AppHost.JobLimit);
        Assert.Equal((at, "started"), (DateTimeOffset.Parse((string)run["at"]!, CultureInfo.InvariantCulture), (string?)run["status"]));
        Assert.Equal(2, (int?)(await killed.Rig.WaitForBatchAsync((string)run["batchId"]!))["counts"]!["completed"]);
        Assert.Equal("ended", (string?)(await killed.Rig.Jobs.GetAsync($"api/schedules/{id}")).Body["status"]);
    }

    [Fact]
    public void Host_DeadWhileAScheduleFallsDueManyTimes_MakesOneRunGoodAndSaysForHowMany() => Assert.InRange(killed.Missed, 3, int.MaxValue);
}

/// <summary>A host that was killed once, with a batch at each of these moments, and started again.</summary>
public sealed class KilledBatches(AzuriteFixture azurite) : IAsyncLifetime
{
    private MediaServer media = null!;

    internal Rig Rig { get; private set; } = null!;

    /// <summary>The batch that its caller deleted with two of its jobs in mid-stream.</summary>
    internal (string Id, IReadOnlyList<string> Jobs) Deleted { get; private set; }

    /// <summary>The batch in one session, one of whose items had completed.</summary>
    internal string Shared { get; private set; } = null!;

    /// <summary>The batch that somebody watched, and the last number that they saw.</summary>
    internal (string Id, long Seen) Watched { get; private set; }

    /// <summary>The schedule whose only time passed while the host was dead.</summary>
    internal (string Id, DateTimeOffset At) Scheduled { get; private set; }

    /// <summary>How many times of a schedule passed while the host was dead, as one of its runs tells.</summary>
    internal int Missed { get; private set; }

    public async ValueTask InitializeAsync()
    {
        Rig = await Rig.StartAsync(azurite);
        media = await MediaServer.StartAsync();
        await DeleteAsync();
        Shared = await Rig.SubmitBatchAsync(BatchCalls.SharedOf(media));
        await Rig.WaitForBatchAsync(Shared, shown => (int)shown["counts"]!["completed"]! >= 1);

        // Before anything is paid, where a death leaves no doubt.
        var hold = new Hold { At = Point.SessionRequested, Gate = "watched" };
        await Rig.Backend.Control.ChooseAsync(new Scenario { NextSessions = 1, Holds = [hold] });
        var batch = BatchCalls.BatchOf(media, 3);
        batch["concurrency"] = 1;
        var watched = await Rig.SubmitBatchAsync(batch);
        Watched = (watched, await Rig.FirstEventAsync(watched, shown => (int?)shown["counts"]!["running"] == 1));
        await Rig.Backend.Control.WaitForGateAsync(hold.Gate);

        // Last, since it takes a session each second.
        var often = await Rig.CreateScheduleAsync(new JsonObject { ["cron"] = "* * * * * *", ["overlap"] = "queue", ["batch"] = BatchCalls.BatchOf(media, 1) });
        var at = TimeProvider.System.GetUtcNow().AddSeconds(5);
        Scheduled = (await Rig.CreateScheduleAsync(new JsonObject { ["at"] = at.ToString("O", CultureInfo.InvariantCulture), ["batch"] = BatchCalls.BatchOf(media, 2) }), at);

        await Rig.Host.KillAsync();
        await Eventually.HoldsAsync(() => TimeProvider.System.GetUtcNow() > at.AddSeconds(2), "the time has passed");
        await Rig.Host.StartAsync();
        await Rig.Backend.Control.ReleaseGateAsync(hold.Gate);
        await Eventually.HoldsAsync(
            async () => (Missed = (await Rig.RunsAsync(often)).Select(run => (int)run["missed"]!).DefaultIfEmpty().Max()) >= 3, "what was missed is told", AppHost.JobLimit);
        Assert.Equal(200, (await Rig.Jobs.PostAsync($"api/schedules/{often}/pause", "{}")).Status);
    }

    public async ValueTask DisposeAsync()
    {
        await media.DisposeAsync();
        await Rig.DisposeAsync();
    }

    private async Task DeleteAsync()
    {
        await Rig.Backend.Control.ChooseAsync(new Scenario
        {
            NextSessions = 2,
            Holds = [new Hold { At = Point.MessageStreaming, Gate = "deleted" }],
            OnDisconnect = OnDisconnect.Cancel,
        });
        var batch = BatchCalls.BatchOf(media, 4);
        batch["concurrency"] = 2;
        var id = await Rig.SubmitBatchAsync(batch);
        await Eventually.HoldsAsync(async () => (await Rig.Backend.Control.ReadLedgerAsync()).Messages.Count == 2, "two items are in mid-stream", AppHost.JobLimit);
        Deleted = (id, [.. (await Rig.ReadResultsAsync(id)).Select(result => (string?)result["jobId"]).OfType<string>()]);
        Assert.Equal(202, (await Rig.Jobs.SendAsync(new HttpRequestMessage(HttpMethod.Delete, $"api/batches/{id}"))).Status);
    }
}
