using FaceSwap.Batches;
using FaceSwap.Functions.Batches;
using FaceSwap.Functions.Jobs;
using FaceSwap.Jobs;
using FaceSwap.Media;
using FaceSwap.Schedules;

namespace FaceSwap.Functions.Schedules;

/// <summary>The items of a schedule's runs: always the same, or the files of the library that are new. What a run takes is decided once.</summary>
public sealed class ScheduledItems(ScheduleDocuments schedules, BatchItems items, LibraryItems library)
{
    /// <summary>Whether a run would have an item.</summary>
    public async Task<bool> HasNewAsync(Schedule schedule, CancellationToken cancellationToken) =>
        schedule.Prefix is null || (await FreshAsync(schedule, cancellationToken)).Length > 0;

    /// <summary>Decides which items a run has.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="due">The time at which the run is due.</param>
    /// <param name="cancellationToken">Ends the attempt; done again, it leaves what was decided.</param>
    /// <returns>Whether there are any.</returns>
    public async Task<bool> DecideAsync(Schedule schedule, DateTimeOffset due, CancellationToken cancellationToken)
    {
        if (schedule.Prefix is null || (await schedules.DecidedAsync(schedule, due, cancellationToken)).Count > 0)
        {
            return true;
        }

        var fresh = await FreshAsync(schedule, cancellationToken);
        return fresh.Length > 0 && (await schedules.DecideAsync(schedule, due, fresh, cancellationToken)).Count > 0;
    }

    /// <summary>The items that were decided for a run.</summary>
    public async Task<IReadOnlyList<FaceSwapJobInput>> OfAsync(Schedule schedule, DateTimeOffset due, CancellationToken cancellationToken)
    {
        if (schedule.Prefix is null)
        {
            return [.. (await items.ReadAsync(schedule.Id, 1, schedule.Template.Items, cancellationToken)).Select(item => item.Item)];
        }

        var template = await items.ReadAsync(schedule.Id, 1, cancellationToken);
        return [.. (await schedules.DecidedAsync(schedule, due, cancellationToken)).Select(file => JobOf(schedule, template, file))];
    }

    /// <summary>Notes that a run has started, so that none after it takes its files.</summary>
    public async Task TakeAsync(Schedule schedule, DateTimeOffset due, CancellationToken cancellationToken)
    {
        if (schedule.Prefix is not null)
        {
            await schedules.TakeAsync(schedule, await schedules.DecidedAsync(schedule, due, cancellationToken), cancellationToken);
        }
    }

    // A video waits for its face, where the schedule has none for all. Beyond a thousand the next run takes the rest.
    private async Task<ScheduledFile[]> FreshAsync(Schedule schedule, CancellationToken cancellationToken)
    {
        var template = await items.ReadAsync(schedule.Id, 1, cancellationToken);
        var found = await library.FindAsync(schedule.Caller, schedule.Prefix!, cancellationToken);
        var ready = found.Where(item => item.Face is not null || template.Job.Face is not null)
            .Select(item => new ScheduledFile(item.Video.Name, item.Video.Version, item.Face?.Name));
        return [.. (await schedules.UntakenAsync(schedule, ready, cancellationToken)).Take(BatchInput.MostItems)];
    }

    private static FaceSwapJobInput JobOf(Schedule schedule, FaceSwapJobInput template, ScheduledFile file)
    {
        MediaSource Source(string name) => new(null, null, Library: MediaLibrary.PathOf(schedule.Caller, name));

        return template with
        {
            Job = template.Job with
            {
                Video = Source(file.Video),
                Face = file.Face is { } face ? Source(face) : template.Job.Face,
                Metadata = new Dictionary<string, string>(template.Job.Metadata ?? new Dictionary<string, string>()) { ["file"] = file.Video },
            },
        };
    }
}
