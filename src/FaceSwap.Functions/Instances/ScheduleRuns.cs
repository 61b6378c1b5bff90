using System.Text;
using FaceSwap.Batches;
using FaceSwap.Errors;
using FaceSwap.Schedules;
using FaceSwap.Webhooks;
using FaceSwap.Webhooks.Endpoints;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;

namespace FaceSwap.Functions.Instances;

/// <summary>Runs schedules: what is decided of a time is recorded first, and so is decided once.</summary>
public sealed class ScheduleRuns(
    ScheduleDocuments schedules,
    ScheduledItems items,
    BatchStart start,
    BatchReader batches,
    WebhookEndpoints webhooks,
    DeliveryStart deliveries,
    IOptions<WebhookOptions> options,
    TimeProvider time)
{
    /// <summary>Does what is to be done at a time that has come.</summary>
    /// <returns>The newest time that is done with; null: the run waits for the one before.</returns>
    public async Task<DateTimeOffset?> RunDueAsync(ScheduleDueInput due, DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (await schedules.FindAsync(due.Caller, due.ScheduleId, cancellationToken) is not { IsPaused: false } schedule)
        {
            return due.At;
        }

        var (at, missed) = new Timetable(schedule).DueBy(due.At, due.Now);
        var batchId = ScheduleIds.BatchOf(schedule.Id, at);
        var busy = schedule.LastBatch != batchId && await IsRunningAsync(schedule.LastBatch, client, cancellationToken);
        if (busy && schedule.Overlap == ScheduleOverlap.Queue)
        {
            return null;
        }

        var jobs = busy ? [] : await items.OfAsync(schedule, at, cancellationToken);
        if (!busy && jobs.Count == 0)
        {
            return at;
        }

        var decided = busy
            ? new ScheduleRun(at, ScheduleRunStatus.Skipped, time.GetUtcNow(), schedule.LastBatch!, missed)
            : new ScheduleRun(at, ScheduleRunStatus.Started, time.GetUtcNow(), batchId, missed);
        await CarryOutAsync(schedule, await schedules.RecordAsync(schedule, decided, cancellationToken), jobs, client, cancellationToken);
        return at;
    }

    /// <summary>Runs a schedule at its caller's wish, besides its times.</summary>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.ScheduleBusy"/>: its last run has not ended. <see cref="ErrorCodes.NothingToRun"/>: no file is new.</exception>
    public async Task<ScheduleRun> RunNowAsync(Schedule schedule, DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (await IsRunningAsync(schedule.LastBatch, client, cancellationToken))
        {
            throw new FaceSwapException(ErrorCodes.ScheduleBusy, $"The batch {schedule.LastBatch} of its last run has not ended.");
        }

        var now = time.GetUtcNow();
        var jobs = await items.OfAsync(schedule, now, cancellationToken);
        if (jobs.Count == 0)
        {
            throw new FaceSwapException(ErrorCodes.NothingToRun, $"No file is new whose name begins with '{schedule.Prefix}'.");
        }

        var run = new ScheduleRun(now, ScheduleRunStatus.Started, now, ScheduleIds.BatchOf(schedule.Id, now), IsManual: true);
        await CarryOutAsync(schedule, await schedules.RecordAsync(schedule, run, cancellationToken), jobs, client, cancellationToken);
        return run;
    }

    private async Task<bool> IsRunningAsync(string? batchId, DurableTaskClient client, CancellationToken cancellationToken) =>
        batchId is not null && await batches.FindAsync(batchId, client, cancellationToken) is { HasEnded: false };

    private async Task CarryOutAsync(
        Schedule schedule, ScheduleRun run, IReadOnlyList<FaceSwapJobInput> jobs, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var targets = await webhooks.TargetsAsync(schedule.Caller, schedule.WebhookUrl, schedule.WebhookEvents, cancellationToken);
        if (run.Status == ScheduleRunStatus.Skipped)
        {
            await deliveries.StartAsync(client, targets, WebhookMessage.Of(schedule.Id, run), cancellationToken);
            return;
        }

        var batch = schedule.Template with { Id = run.BatchId, Items = jobs.Count, SubmittedAt = run.RecordedAt, Schedule = new BatchSchedule(schedule.Id, run.At) };
        var input = new FaceSwapBatchInput(batch, targets, options.Value.ProgressInterval);
        await StartAsync(schedule, input, jobs, client, cancellationToken);
        await items.TakeAsync(schedule, run.At, cancellationToken);
        await schedules.ChangeAsync(schedule.Caller, schedule.Id, current => current with { LastBatch = run.BatchId }, cancellationToken);
    }

    // Under a key, of which it remains that it was used: a batch that was deleted meanwhile is not started again.
    private async Task StartAsync(
        Schedule schedule, FaceSwapBatchInput input, IReadOnlyList<FaceSwapJobInput> jobs, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var request = KeyedRequest.Of(schedule.Caller, $"schedule:{input.Batch.Id}", Encoding.UTF8.GetBytes(input.Batch.Id));
        try
        {
            if (await start.ReplayAsync(request, client, cancellationToken) is null)
            {
                await start.StartAsync(request, input, jobs, client, cancellationToken);
            }
        }
        catch (FaceSwapException e) when (e.Code == ErrorCodes.BatchDeleted)
        {
            // It ran, and its caller wants nothing of it any more.
        }
    }
}
