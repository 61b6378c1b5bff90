using System.Text.Json;
using System.Text.Json.Serialization;
using FaceSwap.Storage;

namespace FaceSwap.Schedules;

/// <summary>The callers' schedules and their runs, in Blob Storage.</summary>
public sealed class ScheduleDocuments(BlobStore store)
{
    public Task CreateAsync(Schedule schedule, CancellationToken cancellationToken) =>
        store.WriteAsync(JobPaths.Schedule(schedule.Caller, schedule.Id), schedule, ScheduleJson.Default.Schedule, cancellationToken);

    /// <summary>A caller's schedule; null when there is none.</summary>
    public async Task<Schedule?> FindAsync(string caller, string id, CancellationToken cancellationToken) => ScheduleIds.IsValid(id)
        ? await store.ReadAsync(JobPaths.Schedule(caller, id), ScheduleJson.Default.Schedule, cancellationToken)
        : null;

    /// <summary>Changes a schedule, without losing a change that somebody else makes at the same time.</summary>
    /// <param name="caller">Whose it is.</param>
    /// <param name="id">Which.</param>
    /// <param name="change">Makes the changed one; it may run more than once.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The schedule as it is then; null when there is none.</returns>
    public async Task<Schedule?> ChangeAsync(string caller, string id, Func<Schedule, Schedule> change, CancellationToken cancellationToken)
    {
        Schedule? changed = null;
        await store.UpdateAsync(
            JobPaths.Schedule(caller, id), ScheduleJson.Default.Schedule, schedule => changed = schedule is null ? null : change(schedule), cancellationToken);
        return changed;
    }

    /// <summary>A caller's schedules, oldest first.</summary>
    public async Task<IReadOnlyList<Schedule>> ListAsync(string caller, CancellationToken cancellationToken)
    {
        var ids = await store.ListFoldersAsync(JobPaths.Schedules(caller), cancellationToken).Where(ScheduleIds.IsValid).ToListAsync(cancellationToken);
        var schedules = await Task.WhenAll(ids.Select(id => FindAsync(caller, id, cancellationToken)));
        return [.. schedules.OfType<Schedule>()];
    }

    public Task RemoveAsync(string caller, string id, CancellationToken cancellationToken) =>
        store.DeleteUnderAsync(JobPaths.ScheduleFolder(caller, id), cancellationToken);

    /// <summary>Records what became of a time, unless it is recorded already.</summary>
    /// <returns>What is recorded from now on.</returns>
    public async Task<ScheduleRun> RecordAsync(Schedule schedule, ScheduleRun run, CancellationToken cancellationToken)
    {
        var path = JobPaths.ScheduleRun(schedule.Caller, schedule.Id, run.At);
        return await store.TryCreateAsync(path, run, ScheduleJson.Default.ScheduleRun, cancellationToken)
            ? run
            : await store.ReadAsync(path, ScheduleJson.Default.ScheduleRun, cancellationToken) ?? run;
    }

    /// <summary>One page of a schedule's runs, newest first.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="cursor">Where the page before ended, or null for the newest.</param>
    /// <param name="size">How many at most.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<RunPage> RunsAsync(Schedule schedule, string? cursor, int size, CancellationToken cancellationToken)
    {
        var page = await store.ListPageAsync(JobPaths.ScheduleRuns(schedule.Caller, schedule.Id), cursor, size, cancellationToken);
        var runs = await Task.WhenAll(page.Names.Select(path => store.ReadAsync(path, ScheduleJson.Default.ScheduleRun, cancellationToken)));
        return new RunPage([.. runs.OfType<ScheduleRun>()], page.Cursor);
    }
}

/// <summary>One page of a schedule's runs, newest first.</summary>
/// <param name="Runs">The runs.</param>
/// <param name="Cursor">Where the next page begins; null: this is the last.</param>
public sealed record RunPage(IReadOnlyList<ScheduleRun> Runs, string? Cursor);

/// <summary>The JSON of schedules: camelCase, nulls left out.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Schedule))]
[JsonSerializable(typeof(ScheduleRun))]
[JsonSerializable(typeof(ScheduleView))]
public sealed partial class ScheduleJson : JsonSerializerContext;
