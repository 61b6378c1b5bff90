using Cronos;
using FaceSwap.Batches;
using FaceSwap.Callers;
using FaceSwap.Functions.Batches;
using FaceSwap.Functions.Edge.Durable;
using FaceSwap.Functions.Jobs;
using FaceSwap.Functions.Schedules;
using FaceSwap.Jobs;
using FaceSwap.Schedules;
using FaceSwap.Tests.Edge;
using FaceSwap.Tests.Product;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Xunit;

namespace FaceSwap.Tests.Schedules;

/// <summary>Years of schedules in seconds, on the real activities: they run at the very times that an independent library gives.</summary>
public sealed class ScheduleYearTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset End = Start.AddYears(1);

    // A day without a host, in the middle of summer; a pause over the turn of clocks in spring; another expression from autumn on.
    private static readonly (DateTimeOffset From, DateTimeOffset To) Down = (Utc(6, 27), Utc(6, 28));
    private static readonly (DateTimeOffset From, DateTimeOffset To) Pause = (Utc(3, 20, 12), Utc(4, 2, 12));
    private static readonly DateTimeOffset Change = Utc(9, 1, 12);

    private readonly TestProduct _product = new();
    private readonly ScriptedClient _client;
    private readonly Schedule _schedule;

    public ScheduleYearTests()
    {
        _client = new ScriptedClient(_product.Time);
        _client.After = Complete;
        var template = new BatchInput("sched_00000000000000000000000000000001", "default", Start, "https://app.test", 1, 4, BatchOnError.Continue, null);
        _schedule = new Schedule(template.Id, "default", Start, Start, null, "0 30 2 * * *", "UTC", null, ScheduleOverlap.Skip, false, template, null, null);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _product.Dispose();
        await _client.DisposeAsync();
    }

    [Theory]
    [InlineData("Europe/Berlin", "0 30 2 * * *", "0 0 3 * * *")]
    [InlineData("Europe/Berlin", "0 15 */6 * * *", "0 45 8 * * MON-FRI")]
    [InlineData("America/New_York", "0 30 1 * * *", "0 30 2 * * *")]
    [InlineData("America/New_York", "0 0 2 * * SUN", "30 59 23 28-31 * *")]
    [InlineData("Asia/Kolkata", "0 0 9 * * *", "0 0 */8 1,15 * *")]
    [InlineData("Australia/Lord_Howe", "0 15 2 * * *", "0 45 1 * * *")]
    [InlineData("Australia/Lord_Howe", "0 0/30 1-2 * * SUN", "0 10 2 * * *")]
    public async Task Year_OfASchedule_RunsAtTheTimesThatCronosGives(string zone, string cron, string after)
    {
        await CreateAsync(_schedule with { Cron = cron, TimeZone = zone });
        var context = ContextOf();
        context.BeDown(Down.From, Down.To);
        context.ChangeAt(Pause.From, () => ChangeAsync(schedule => schedule with { IsPaused = true }));
        context.ChangeAt(Pause.To, () => ChangeAsync(schedule => schedule with { IsPaused = false }));
        context.ChangeAt(Change, () => ChangeAsync(schedule => schedule with { Cron = after }));

        await context.RunAsync(new ScheduleClockInput("default", _schedule.Id, Start));

        DateTimeOffset[] expected =
        [
            .. Times(cron, zone, Start, Pause.From), .. Times(cron, zone, Pause.To, Down.From),
            .. Times(cron, zone, Down.From, Down.To).TakeLast(1),
            .. Times(cron, zone, Down.To, Change), .. Times(after, zone, Change, End),
        ];
        Assert.Equal(expected, Runs().Select(run => run.Schedule!.At));
        Assert.True(expected.Length > 20, "the year has times");

        // A batch for each, and what was not made good is told of.
        Assert.Equal(expected.Length, Runs().Select(run => run.Id).Distinct().Count());
        var missed = Times(cron, zone, Down.From, Down.To).ToList();
        var recorded = await RecordedAsync();
        Assert.Equal(missed.Count == 0 ? 0 : missed.Count - 1, recorded.Sum(run => run.Missed));
        Assert.All(recorded, run => Assert.True(run.RecordedAt >= run.At.AddSeconds(-1) && run.RecordedAt <= run.At.AddDays(1)));
    }

    [Fact]
    public async Task Once_AtATime_RunsOnce_AndAgainWhenItIsGivenAnother()
    {
        var at = Utc(2, 1, 9);
        await CreateAsync(_schedule with { Cron = null, At = at });
        var context = ContextOf();
        context.ChangeAt(Utc(5, 1), () => ChangeAsync(schedule => schedule with { At = Utc(6, 1) }));

        await context.RunAsync(new ScheduleClockInput("default", _schedule.Id, Start));

        Assert.Equal([at, Utc(6, 1)], Runs().Select(run => run.Schedule!.At));
    }

    [Fact]
    public async Task Deleted_Schedule_EndsItsClock()
    {
        await CreateAsync(_schedule);
        var context = ContextOf();
        context.ChangeAt(Utc(1, 3, 12), () => _product.Get<ScheduleControl>().DeleteAsync(Caller.Default, _schedule.Id, _client, Token));

        await context.RunAsync(new ScheduleClockInput("default", _schedule.Id, Start));

        Assert.Equal(3, Runs().Count);
        Assert.True(_product.Time.GetUtcNow() < Utc(1, 4), "the clock ended when the schedule was deleted");
    }

    [Fact]
    public async Task Due_WhileTheLastRunHasNotEnded_IsLeftOut_AndTold()
    {
        await CreateAsync(_schedule with { WebhookUrl = "https://receiver.test/hook" });
        _client.After = id => { };
        var context = ContextOf();
        context.ChangeAt(Utc(1, 3, 12), () =>
        {
            Complete(Runs().Single().Id);
            return ChangeAsync(schedule => schedule);
        });
        context.ChangeAt(Utc(1, 4, 12), () => ChangeAsync(schedule => schedule with { IsPaused = true }));

        await context.RunAsync(new ScheduleClockInput("default", _schedule.Id, Start));

        Assert.Equal([Utc(1, 1, 2, 30), Utc(1, 4, 2, 30)], Runs().Select(run => run.Schedule!.At));
        var recorded = await RecordedAsync();
        Assert.Equal(
            [(Utc(1, 4, 2, 30), ScheduleRunStatus.Started), (Utc(1, 3, 2, 30), ScheduleRunStatus.Skipped), (Utc(1, 2, 2, 30), ScheduleRunStatus.Skipped), (Utc(1, 1, 2, 30), ScheduleRunStatus.Started)],
            recorded.Select(run => (run.At, run.Status)));
        Assert.Equal(2, _client.Started.Count(started => started.Orchestrator == Orchestrators.WebhookDelivery));
    }

    [Fact]
    public async Task Due_WhileTheLastRunHasNotEnded_Waits_AndRunsOnce()
    {
        await CreateAsync(_schedule with { Cron = "0 0 * * * *", Overlap = ScheduleOverlap.Queue });
        _client.After = id => { };
        var context = ContextOf();
        context.ChangeAt(Utc(1, 1, 4, 30), () =>
        {
            Complete(Runs().Single().Id);
            _client.After = Complete;
            return Task.CompletedTask;
        });
        context.ChangeAt(Utc(1, 1, 6, 30), () => ChangeAsync(schedule => schedule with { IsPaused = true }));

        await context.RunAsync(new ScheduleClockInput("default", _schedule.Id, Start));

        // One and two o'clock: the second waited, three and four were taken up in it.
        var recorded = (await RecordedAsync()).Reverse().ToList();
        Assert.Equal([(Utc(1, 1, 1), 0), (Utc(1, 1, 4), 2), (Utc(1, 1, 5), 0), (Utc(1, 1, 6), 0)], recorded.Select(run => (run.At, run.Missed)));
        Assert.All(recorded, run => Assert.Equal(ScheduleRunStatus.Started, run.Status));
    }

    [Fact]
    public async Task Run_ThatIsRepeated_StartsOneBatch()
    {
        await CreateAsync(_schedule);
        var due = new ScheduleDueInput("default", _schedule.Id, Utc(1, 1, 2, 30), Utc(1, 1, 2, 30));
        _client.After = id => { };

        await _product.Get<ScheduleRuns>().RunDueAsync(due, _client, Token);
        await _product.Get<ScheduleRuns>().RunDueAsync(due, _client, Token);

        Assert.Equal(ScheduleRunStatus.Started, Assert.Single(await RecordedAsync()).Status);
        Assert.Single(Runs());

        // Not even when the batch is gone.
        var batch = Runs().Single();
        Complete(batch.Id);
        Assert.Equal(BatchRemovalState.Removed, await _product.Get<BatchRemoval>().GoOnAsync(BatchIndex.MarkOf(batch), _client, Token));
        await _product.Get<ScheduleRuns>().RunDueAsync(due, _client, Token);
        Assert.Single(Runs());
    }

    [Fact]
    public async Task Run_ThatWasBegun_IsCarriedThrough_WhateverBecameOfTheSchedule()
    {
        await CreateAsync(_schedule);
        var due = new ScheduleDueInput("default", _schedule.Id, Utc(1, 1, 2, 30), Utc(1, 1, 2, 30));

        // It dies when it has decided, before anything is started.
        _client.Before = id => throw new InvalidOperationException("The process ended.");
        await Assert.ThrowsAnyAsync<Exception>(() => _product.Get<ScheduleRuns>().RunDueAsync(due, _client, Token));
        _client.Before = null;
        Assert.Empty(Runs());
        await ChangeAsync(schedule => schedule with { IsPaused = true, Cron = "0 0 9 * * *", LastBatch = null });

        Assert.Equal(due.At, await _product.Get<ScheduleRuns>().RunDueAsync(due, _client, Token));

        Assert.Equal(due.At, Assert.Single(Runs()).Schedule!.At);
        Assert.Equal(1, Runs().Single().Items);
        Assert.Equal(Runs().Single().Id, (await _product.Get<ScheduleDocuments>().FindAsync("default", _schedule.Id, Token))!.LastBatch);
    }

    [Fact]
    public async Task Step_ThatFailsForLong_IsTakenUpBeforeAnythingElse()
    {
        await CreateAsync(_schedule);
        var failures = 3;
        var asked = new List<DateTimeOffset>();
        var context = new ScheduleContext(
            _product.Time,
            Utc(1, 3),
            input => _product.New<ScheduleSteps>().PlanSchedule(input, Token),
            due =>
            {
                asked.Add(due.At);
                return failures-- > 0 ? throw new TaskFailedException("RunSchedule", 1, new InvalidOperationException("away")) : _product.Get<ScheduleRuns>().RunDueAsync(due, _client, Token);
            });

        await context.RunAsync(new ScheduleClockInput("default", _schedule.Id, Start));

        Assert.Equal([Utc(1, 1, 2, 30), Utc(1, 1, 2, 30), Utc(1, 1, 2, 30), Utc(1, 1, 2, 30), Utc(1, 2, 2, 30)], asked);
        Assert.Equal([Utc(1, 1, 2, 30), Utc(1, 2, 2, 30)], Runs().Select(run => run.Schedule!.At));
    }

    private static DateTimeOffset Utc(int month, int day, int hour = 0, int minute = 0) => new(2026, month, day, hour, minute, 0, TimeSpan.Zero);

    private static IEnumerable<DateTimeOffset> Times(string cron, string zone, DateTimeOffset from, DateTimeOffset to) => CronExpression
        .Parse(cron, CronFormat.IncludeSeconds)
        .GetOccurrences(from.UtcDateTime, to.UtcDateTime, TimeZoneInfo.FindSystemTimeZoneById(zone), fromInclusive: false, toInclusive: true)
        .Select(time => new DateTimeOffset(time));

    private ScheduleContext ContextOf() => new(
        _product.Time,
        End,
        input => _product.New<ScheduleSteps>().PlanSchedule(input, Token),
        due => _product.Get<ScheduleRuns>().RunDueAsync(due, _client, Token));

    private Task CreateAsync(Schedule schedule) => _product.Get<ScheduleControl>().CreateAsync(schedule, [new FaceSwapJobInput(Job(), [])], _client, Token);

    private static JobInput Job() => new("", "default", Start, "https://app.test", null, null, null, "swap", "en", null, new JobPolicy());

    private Task<Schedule> ChangeAsync(Func<Schedule, Schedule> change) => _product.Get<ScheduleControl>().ChangeAsync(Caller.Default, _schedule.Id, change, _client, Token);

    private IReadOnlyList<BatchInput> Runs() =>
        [.. _client.Started.Where(started => started.Orchestrator == Orchestrators.FaceSwapBatch).Select(started => ((FaceSwapBatchInput)started.Input!).Batch)];

    private async Task<IReadOnlyList<ScheduleRun>> RecordedAsync() => (await _product.Get<ScheduleDocuments>().RunsAsync(_schedule, null, 5000, Token)).Runs;

    private void Complete(string id)
    {
        if (BatchIds.IsValid(id))
        {
            _client.Set(id, OrchestrationRuntimeStatus.Completed, new BatchStatus(BatchState.Completed, new BatchCounts(1, Completed: 1), Start));
        }
    }
}
