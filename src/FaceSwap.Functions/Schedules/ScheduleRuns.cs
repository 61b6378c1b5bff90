using System.Text;
using FaceSwap.Batches;
using FaceSwap.Errors;
using FaceSwap.Functions.Batches;
using FaceSwap.Functions.Jobs;
using FaceSwap.Functions.Webhooks;
using FaceSwap.Schedules;
using FaceSwap.Webhooks;
using FaceSwap.Webhooks.Endpoints;
using Microsoft.Extensions.Options;

namespace FaceSwap.Functions.Schedules;

/// <summary>Runs schedules, as their clocks tell it to, and nobody else: what is decided of a time is recorded first, and so is decided once.</summary>
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
    /// <summary>Does what is to be done at a time that has come; done again, whatever has changed since, it does the same.</summary>
    /// <returns>The newest time that is done with; null: the run waits for the one before.</returns>
    public async Task<DateTimeOffset?> RunDueAsync(ScheduleDueInput due, DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (await schedules.FindAsync(due.Caller, due.ScheduleId, cancellationToken) is not { } schedule)
        {
            return due.At;
        }

        if (await schedules.FindRunAsync(schedule, due.At, cancellationToken) is not { } run)
        {
            var (decided, isWaiting) = await DecideAsync(schedule, due, client, cancellationToken);
            if (decided is null)
            {
                return isWaiting ? null : due.At;
            }

            run = await schedules.RecordAsync(schedule, due.At, decided, cancellationToken);
        }

        await CarryOutAsync(schedule, due.At, run, client, cancellationToken);
        return run.At;
    }

    /// <summary>Looks whether a schedule could be run now, besides its times.</summary>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.ScheduleBusy"/>: its last run has not ended. <see cref="ErrorCodes.NothingToRun"/>: no file is new.</exception>
    public async Task CheckAsync(Schedule schedule, DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (await IsRunningAsync(schedule.LastBatch, client, cancellationToken))
        {
            throw new FaceSwapException(ErrorCodes.ScheduleBusy, $"The batch {schedule.LastBatch} of its last run has not ended.");
        }

        if (!await items.HasNewAsync(schedule, cancellationToken))
        {
            throw new FaceSwapException(ErrorCodes.NothingToRun, $"No file is new whose name begins with '{schedule.Prefix}'.");
        }
    }

    // Nothing is decided of a time at which the schedule is paused, or nothing is new.
    private async Task<(ScheduleRun? Run, bool IsWaiting)> DecideAsync(Schedule schedule, ScheduleDueInput due, DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (schedule.IsPaused && !due.IsManual)
        {
            return (null, false);
        }

        var (at, missed) = due.IsManual ? new DueRun(due.At, 0) : new Timetable(schedule).DueBy(due.At, due.Now);
        if (await IsRunningAsync(schedule.LastBatch, client, cancellationToken))
        {
            return schedule.Overlap == ScheduleOverlap.Queue && !due.IsManual
                ? (null, true)
                : (new ScheduleRun(at, ScheduleRunStatus.Skipped, time.GetUtcNow(), schedule.LastBatch!, missed, due.IsManual), false);
        }

        return await items.DecideAsync(schedule, due.At, cancellationToken)
            ? (new ScheduleRun(at, ScheduleRunStatus.Started, time.GetUtcNow(), BatchIds.OfRun(schedule.Id, at), missed, due.IsManual), false)
            : (null, false);
    }

    private async Task<bool> IsRunningAsync(string? batchId, DurableTaskClient client, CancellationToken cancellationToken) =>
        batchId is not null && await batches.FindAsync(batchId, client, cancellationToken) is { HasEnded: false };

    private async Task CarryOutAsync(Schedule schedule, DateTimeOffset due, ScheduleRun run, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var targets = await webhooks.TargetsAsync(schedule.Caller, schedule.WebhookUrl, schedule.WebhookEvents, cancellationToken);
        if (run.Status == ScheduleRunStatus.Skipped)
        {
            await deliveries.StartAsync(client, targets, WebhookMessage.Of(schedule.Id, run), cancellationToken);
            return;
        }

        var jobs = await items.OfAsync(schedule, due, cancellationToken);
        var batch = schedule.Template with { Id = run.BatchId, Items = jobs.Count, SubmittedAt = run.RecordedAt, Schedule = new BatchSchedule(schedule.Id, run.At) };
        var input = new FaceSwapBatchInput(batch, targets, options.Value.ProgressInterval);
        await StartAsync(schedule, input, jobs, client, cancellationToken);
        await schedules.ChangeAsync(schedule.Caller, schedule.Id, current => current with { LastBatch = run.BatchId }, cancellationToken);
        await items.TakeAsync(schedule, due, cancellationToken);
    }

    // Under a key, of which it remains that it was used: a batch that was deleted meanwhile is not started again.
    private async Task StartAsync(
        Schedule schedule, FaceSwapBatchInput input, IReadOnlyList<FaceSwapJobInput> jobs, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var request = KeyedRequest.OfApp(schedule.Caller, $"schedule:{input.Batch.Id}", Encoding.UTF8.GetBytes(input.Batch.Id));
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
