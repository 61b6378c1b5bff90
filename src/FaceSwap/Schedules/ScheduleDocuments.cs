using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using FaceSwap.Storage;

namespace FaceSwap.Schedules;

/// <summary>The callers' schedules and their runs, in Blob Storage.</summary>
public sealed class ScheduleDocuments(BlobStore store)
{
    private const int ParallelMarks = 8;

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

    /// <summary>The schedules of all callers.</summary>
    public IAsyncEnumerable<Schedule> AllAsync(CancellationToken cancellationToken) => store.ListAsync(JobPaths.AllSchedules, cancellationToken)
        .Where(path => path.EndsWith("/schedule.json", StringComparison.Ordinal))
        .Select(async (path, token) => await store.ReadAsync(path, ScheduleJson.Default.Schedule, token))
        .OfType<Schedule>();

    /// <summary>A caller's schedules, oldest first.</summary>
    public async Task<IReadOnlyList<Schedule>> ListAsync(string caller, CancellationToken cancellationToken)
    {
        var ids = await store.ListFoldersAsync(JobPaths.Schedules(caller), cancellationToken).Where(ScheduleIds.IsValid).ToListAsync(cancellationToken);
        var schedules = await Task.WhenAll(ids.Select(id => FindAsync(caller, id, cancellationToken)));
        return [.. schedules.OfType<Schedule>()];
    }

    public Task RemoveAsync(string caller, string id, CancellationToken cancellationToken) =>
        store.DeleteUnderAsync(JobPaths.ScheduleFolder(caller, id), cancellationToken);

    /// <summary>What was decided of a time; null: nothing yet.</summary>
    public Task<ScheduleRun?> FindRunAsync(Schedule schedule, DateTimeOffset due, CancellationToken cancellationToken) =>
        store.ReadAsync(JobPaths.ScheduleRun(schedule.Caller, schedule.Id, due), ScheduleJson.Default.ScheduleRun, cancellationToken);

    /// <summary>Records what is decided of a time, unless it was decided already.</summary>
    /// <returns>What stands from now on.</returns>
    public async Task<ScheduleRun> RecordAsync(Schedule schedule, DateTimeOffset due, ScheduleRun run, CancellationToken cancellationToken) =>
        await store.TryCreateAsync(JobPaths.ScheduleRun(schedule.Caller, schedule.Id, due), run, ScheduleJson.Default.ScheduleRun, cancellationToken)
            ? run
            : await FindRunAsync(schedule, due, cancellationToken) ?? run;

    /// <summary>Decides which files a run takes, unless that was decided before.</summary>
    /// <returns>What stands from now on.</returns>
    public async Task<IReadOnlyList<ScheduledFile>> DecideAsync(
        Schedule schedule, DateTimeOffset due, IReadOnlyList<ScheduledFile> files, CancellationToken cancellationToken) =>
        await store.TryCreateAsync(JobPaths.ScheduleFiles(schedule.Caller, schedule.Id, due), files, ScheduleJson.Default.IReadOnlyListScheduledFile, cancellationToken)
            ? files
            : await DecidedAsync(schedule, due, cancellationToken);

    /// <summary>The files that were decided for a run; none: nothing was decided.</summary>
    public async Task<IReadOnlyList<ScheduledFile>> DecidedAsync(Schedule schedule, DateTimeOffset due, CancellationToken cancellationToken) =>
        await store.ReadAsync(JobPaths.ScheduleFiles(schedule.Caller, schedule.Id, due), ScheduleJson.Default.IReadOnlyListScheduledFile, cancellationToken) ?? [];

    /// <summary>Of some files those that no run has taken.</summary>
    public async Task<IReadOnlyList<ScheduledFile>> UntakenAsync(Schedule schedule, IEnumerable<ScheduledFile> files, CancellationToken cancellationToken)
    {
        var prefix = JobPaths.ScheduleTaken(schedule.Caller, schedule.Id);
        var taken = await store.ListAsync(prefix, cancellationToken).Select(path => path[prefix.Length..]).ToHashSetAsync(cancellationToken: cancellationToken);
        return [.. files.Where(file => !taken.Contains(file.Mark))];
    }

    /// <summary>Notes that a run has taken files.</summary>
    public Task TakeAsync(Schedule schedule, IEnumerable<ScheduledFile> files, CancellationToken cancellationToken)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ParallelMarks, CancellationToken = cancellationToken };
        return Parallel.ForEachAsync(files, parallel, async (file, cancellation) =>
            await store.Marks.WriteAsync($"{JobPaths.ScheduleTaken(schedule.Caller, schedule.Id)}{file.Mark}", new Dictionary<string, string>(), cancellation));
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

/// <summary>A file of the library that a run takes.</summary>
/// <param name="Video">The video's name.</param>
/// <param name="Version">Which version of it: one that is replaced is new.</param>
/// <param name="Face">The name of the face beside it; null: the schedule's is meant.</param>
public sealed record ScheduledFile(string Video, string Version, string? Face)
{
    /// <summary>What its mark is called; a name of a caller's is never part of a path.</summary>
    [JsonIgnore]
    public string Mark => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Video}\n{Version}")));
}

/// <summary>The JSON of schedules: camelCase, nulls left out.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Schedule))]
[JsonSerializable(typeof(ScheduleRun))]
[JsonSerializable(typeof(ScheduleView))]
[JsonSerializable(typeof(IReadOnlyList<ScheduledFile>))]
public sealed partial class ScheduleJson : JsonSerializerContext;
