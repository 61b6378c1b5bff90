using FaceSwap.Callers;
using FaceSwap.Errors;
using FaceSwap.Functions.Batches;
using FaceSwap.Functions.Edge.Durable;
using FaceSwap.Functions.Jobs;
using FaceSwap.Schedules;

namespace FaceSwap.Functions.Schedules;

/// <summary>Creates, changes and deletes schedules: the document first, then the instance hears of it.</summary>
public sealed class ScheduleControl(ScheduleDocuments schedules, BatchItems items, TimeProvider time)
{
    private const int MostSchedules = 100;

    /// <summary>Creates a schedule.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="jobs">The items of which each run is made.</param>
    /// <param name="client">The instances.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.LimitReached"/>.</exception>
    public async Task CreateAsync(Schedule schedule, IReadOnlyList<FaceSwapJobInput> jobs, DurableTaskClient client, CancellationToken cancellationToken)
    {
        if ((await schedules.ListAsync(schedule.Caller, cancellationToken)).Count >= MostSchedules)
        {
            throw new FaceSwapException(ErrorCodes.LimitReached, $"There are {MostSchedules} schedules already.");
        }

        await items.KeepAsync(schedule.Id, jobs, cancellationToken);
        await schedules.CreateAsync(schedule, cancellationToken);
        await StartAsync(schedule, client, cancellationToken);
    }

    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.ScheduleNotFound"/>: there is none, or it is another caller's.</exception>
    public async Task<Schedule> GetAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        await schedules.FindAsync(caller.Id, id, cancellationToken) ?? throw NotFound();

    /// <summary>Changes a schedule: times before now count no more, so that nothing is made good that a new time would have meant.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="id">Which.</param>
    /// <param name="change">Makes the changed one; it may run more than once.</param>
    /// <param name="client">The instances.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.ScheduleNotFound"/>, or what the change throws.</exception>
    public async Task<Schedule> ChangeAsync(Caller caller, string id, Func<Schedule, Schedule> change, DurableTaskClient client, CancellationToken cancellationToken)
    {
        await GetAsync(caller, id, cancellationToken);
        var changed = await schedules.ChangeAsync(caller.Id, id, schedule => change(schedule) with { CountsFrom = time.GetUtcNow() }, cancellationToken) ?? throw NotFound();
        await TellAsync(changed, client, cancellationToken);
        return changed;
    }

    /// <summary>Deletes a schedule; its batches are not its own, and stay.</summary>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.ScheduleNotFound"/>.</exception>
    public async Task DeleteAsync(Caller caller, string id, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var schedule = await GetAsync(caller, id, cancellationToken);
        await schedules.RemoveAsync(caller.Id, id, cancellationToken);
        await items.RemoveAsync(id, cancellationToken);
        await TellAsync(schedule, client, cancellationToken);
    }

    /// <summary>Has a schedule's clock run it at once.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="at">The time that the run counts as.</param>
    /// <param name="client">The instances.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public static async Task RunAsync(Schedule schedule, DateTimeOffset at, DurableTaskClient client, CancellationToken cancellationToken)
    {
        await EnsureAsync(schedule, client, cancellationToken);
        await client.RaiseEventAsync(ScheduleClockInput.InstanceId(schedule.Id), ScheduleClockInput.Run, at, cancellationToken);
    }

    /// <summary>Starts the clock of a schedule that has none: the app died before it started, or somebody ended it.</summary>
    /// <returns>Whether it was there already.</returns>
    public static async Task<bool> EnsureAsync(Schedule schedule, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var instanceId = ScheduleClockInput.InstanceId(schedule.Id);
        if (await client.GetInstanceAsync(instanceId, cancellationToken) is { IsCompleted: false })
        {
            return true;
        }

        await client.PurgeInstanceAsync(instanceId, cancellationToken);
        await StartAsync(schedule, client, cancellationToken);
        return false;
    }

    private static async Task TellAsync(Schedule schedule, DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (await EnsureAsync(schedule, client, cancellationToken))
        {
            await client.RaiseEventAsync(ScheduleClockInput.InstanceId(schedule.Id), ScheduleClockInput.Changed, true, cancellationToken);
        }
    }

    private static Task StartAsync(Schedule schedule, DurableTaskClient client, CancellationToken cancellationToken) => client.StartOnceAsync(
        Orchestrators.ScheduleClock,
        ScheduleClockInput.InstanceId(schedule.Id),
        new ScheduleClockInput(schedule.Caller, schedule.Id, schedule.CountsFrom),
        cancellationToken);

    private static FaceSwapException NotFound() => new(ErrorCodes.ScheduleNotFound, "No schedule has this id.");
}
