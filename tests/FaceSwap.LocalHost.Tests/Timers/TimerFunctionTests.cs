using FaceSwap.Testing.Time;
using FaceSwap.Tests.Product;
using Xunit;

namespace FaceSwap.LocalHost.Tests.Timers;

/// <summary>The host runs timer functions by their schedules.</summary>
public sealed class TimerFunctionTests
{
    [Fact]
    public async Task Timer_WhenDue_RunsAndKeepsItsStatus()
    {
        await using var rig = new TimerRig("0 * * * * *").Start();
        await rig.SettledAsync();
        Assert.Equal("""{"Last":"0001-01-01T00:00:00","Next":"2026-01-01T00:01:00Z","LastUpdated":"2026-01-01T00:00:00Z"}""", rig.Status!.ToJsonString());
        Assert.Empty(rig.Runs);

        await rig.PassAsync(60);

        Assert.Equal(
            """{"Schedule":{"AdjustForDST":true},"ScheduleStatus":{"Last":"0001-01-01T00:00:00","Next":"2026-01-01T00:01:00Z","LastUpdated":"2026-01-01T00:00:00Z"},"IsPastDue":false}""",
            Assert.Single(rig.Runs).ToJsonString());
        Assert.Equal("""{"Last":"2026-01-01T00:01:00Z","Next":"2026-01-01T00:02:00Z","LastUpdated":"2026-01-01T00:01:00Z"}""", rig.Status!.ToJsonString());
    }

    [Fact]
    public async Task Timer_ThatMissedRuns_MakesUpForThemOnceAtTheStart()
    {
        var clock = new FakeClock();
        var blobs = await LeaveStatusAsync(clock, "0 * * * * *");
        clock.Advance(TimeSpan.FromMinutes(10));

        await using var rig = new TimerRig("0 * * * * *", blobs: blobs, clock: clock).Start();
        await rig.SettledAsync();

        var run = Assert.Single(rig.Runs);
        Assert.True((bool)run["IsPastDue"]!);
        Assert.Equal("2026-01-01T00:01:00Z", (string?)run["ScheduleStatus"]!["Next"]);
    }

    [Fact]
    public async Task Timer_WhoseStatusNobodyCanRead_StartsOver()
    {
        var blobs = await LeaveStatusAsync(new FakeClock(), "0 * * * * *");
        var status = blobs.NewClient().GetBlobContainerClient("azure-webjobs-hosts").GetBlobClient("timers/hub/Tick/status");
        await status.UploadAsync(BinaryData.FromString("{\"Last\":"), overwrite: true, TestContext.Current.CancellationToken);

        await using var rig = new TimerRig("0 * * * * *", blobs: blobs).Start();
        await rig.SettledAsync();
        await rig.PassAsync(60);

        Assert.Single(rig.Runs);
        Assert.Equal("2026-01-01T00:02:00Z", (string?)rig.Status!["Next"]);
    }

    [Fact]
    public async Task Timer_WithoutMonitor_DoesNotMakeUpForMissedRuns()
    {
        var clock = new FakeClock();
        var blobs = await LeaveStatusAsync(clock, "0 * * * * *");
        clock.Advance(TimeSpan.FromMinutes(10));

        await using var rig = new TimerRig("0 * * * * *", ",\"useMonitor\":false", blobs, clock).Start();
        await rig.SettledAsync();
        await rig.PassAsync(60);

        Assert.Equal("""{"Schedule":{"AdjustForDST":true},"ScheduleStatus":null,"IsPastDue":false}""", Assert.Single(rig.Runs).ToJsonString());
    }

    [Fact]
    public async Task Timer_DueMoreThanOnceAMinute_KeepsNoStatus()
    {
        await using var rig = new TimerRig("* * * * * *").Start();
        await rig.SettledAsync();

        await rig.PassAsync(3);

        Assert.Equal(3, rig.Runs.Count);
        Assert.Null(rig.Status);
    }

    [Fact]
    public async Task Run_ThatLastsLonger_IsNotOvertakenByTheNext()
    {
        await using var rig = new TimerRig("* * * * * *");
        var release = new TaskCompletionSource();
        rig.Run = _ => release.Task;
        rig.Start();
        await rig.SettledAsync();
        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        await Eventually.HoldsAsync(() => rig.Runs.Count == 1, "it runs");

        rig.Clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Single(rig.Runs);
        rig.Run = _ => Task.CompletedTask;
        release.SetResult();

        await Eventually.HoldsAsync(() => rig.Runs.Count == 2, "it runs again at once");
    }

    [Fact]
    public async Task Run_ThatFails_DoesNotEndTheSchedule()
    {
        await using var rig = new TimerRig("0 * * * * *");
        rig.Run = _ => throw new InvalidOperationException("It failed.");
        rig.Start();
        await rig.SettledAsync();

        await rig.PassAsync(120);

        Assert.Equal(2, rig.Runs.Count);
    }

    [Fact]
    public async Task Run_CutShortByTheHostsEnd_IsMadeUpFor()
    {
        var clock = new FakeClock();
        var first = new TimerRig("0 * * * * *", clock: clock) { Run = cancellation => Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellation) };
        first.Start();
        await first.SettledAsync();
        clock.Advance(TimeSpan.FromMinutes(1));
        await Eventually.HoldsAsync(() => first.Runs.Count == 1, "it runs");
        await first.DisposeAsync();
        clock.Advance(TimeSpan.FromSeconds(1));

        await using var second = new TimerRig("0 * * * * *", blobs: first.Blobs, clock: clock).Start();
        await second.SettledAsync();

        Assert.True((bool)Assert.Single(second.Runs)["IsPastDue"]!);
    }

    private static async Task<MemoryBlobs> LeaveStatusAsync(FakeClock clock, string schedule)
    {
        await using var rig = new TimerRig(schedule, clock: clock).Start();
        await rig.SettledAsync();
        return rig.Blobs;
    }
}
