using System.Globalization;
using System.Text.Json;
using FaceSwap.Callers;
using FaceSwap.Errors;
using FaceSwap.Functions.Batches;
using FaceSwap.Functions.Edge.Http;
using FaceSwap.Jobs;

namespace FaceSwap.Functions.Jobs.Api;

/// <summary>The caller's jobs in short, newest first, in pages.</summary>
public sealed class JobListing(JobIndex index, PageCursors cursors, ApiAddress address, JobReader jobs, BatchReader batches)
{
    private const int LooksAhead = 50;
    private const int MostLooks = 4;

    /// <summary>The page that a request asks for.</summary>
    /// <exception cref="FaceSwapException">The query is wrong, or names a batch that is not the caller's.</exception>
    public async Task<JobListBody> ReadAsync(HttpRequest request, Caller caller, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var (apiBase, query) = (address.Of(request), JobsQuery.Of(request.Query));
        if (query.Filter.Batch is { } batch)
        {
            await batches.ReadAsync(batch, caller, client, cancellationToken);
        }

        var listing = $"jobs:{caller.Id}:{query.Filter.Batch}";
        var (shown, cursor) = await PageAsync(caller.Id, query, cursors.Read(listing, query.Cursor), apiBase, client, cancellationToken);
        return new JobListBody(shown, cursors.Write(listing, cursor));
    }

    // Whether a job that runs passes a filter, its instance alone knows: more of them are looked at than are shown.
    private async Task<(IReadOnlyList<JobSummary> Jobs, string? Cursor)> PageAsync(
        string caller, JobsQuery query, string? cursor, string apiBase, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var size = query.Filter.Status is null ? query.Limit : Math.Max(query.Limit, LooksAhead);
        var shown = new List<JobSummary>();
        for (var look = 1; ; look++)
        {
            var page = await index.PageAsync(caller, query.Filter, cursor, size, cancellationToken);
            var jobs = await Task.WhenAll(page.Jobs.Select(job => SummaryAsync(job, apiBase, client, cancellationToken)));
            foreach (var (job, place) in jobs.Zip(page.Places).Where(one => one.First is not null && (query.Filter.Status is not { } status || one.First.Status == status)))
            {
                shown.Add(job!);
                if (shown.Count == query.Limit)
                {
                    return (shown, place == page.Places[^1] ? page.Cursor : place);
                }
            }

            if (page.Cursor is null || look == MostLooks || query.Filter.Status is null)
            {
                return (shown, page.Cursor);
            }

            cursor = page.Cursor;
        }
    }

    // Only of a job that has no end in the index is the instance read; there is none where the app died before the start.
    private async Task<JobSummary?> SummaryAsync(IndexedJob job, string apiBase, DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (job.End is { } end)
        {
            return JobSummary.Of(job, end, end.PercentAtStart() is > 0 and var percent ? percent : null, apiBase);
        }

        if (await jobs.FindAsync(job.Id, client, cancellationToken) is not { } reading)
        {
            return null;
        }

        var stage = reading.Outcome?.Stage ?? reading.Status?.Stage ?? JobStage.Queued;
        return JobSummary.Of(job with { Error = reading.Outcome?.Error?.Code }, stage, reading.Status?.Percent ?? 0, apiBase);
    }
}

/// <summary>Which page of which jobs is asked for.</summary>
/// <param name="Cursor">What the page before came with, as the caller sent it, or null.</param>
/// <param name="Limit">How many jobs at most.</param>
/// <param name="Filter">Which jobs.</param>
internal sealed record JobsQuery(string? Cursor, int Limit, JobFilter Filter)
{
    private const int DefaultLimit = 20;

    // A day is its beginning; a time without an offset is one in UTC.
    private static readonly string[] TimeFormats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd"];
    private static readonly Dictionary<string, JobStage> Stages =
        Enum.GetValues<JobStage>().ToDictionary(stage => JsonNamingPolicy.SnakeCaseLower.ConvertName(stage.ToString()));

    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.InvalidRequest"/>.</exception>
    public static JobsQuery Of(IQueryCollection query) => new(
        query.Only("limit", "cursor", "status", "since", "until", "batch").Cursor(),
        query.Limit(DefaultLimit),
        new JobFilter(
            query.One("status") is { } status ? ReadStatus(status) : null,
            query.One("since") is { } since ? ReadTime("since", since) : null,
            query.One("until") is { } until ? ReadTime("until", until) : null,
            query.One("batch")));

    private static JobStage ReadStatus(string text) =>
        Stages.TryGetValue(text, out var stage) ? stage : throw Invalid($"'status' must be one of {string.Join(", ", Stages.Keys)}.");

    private static DateTimeOffset ReadTime(string name, string text) =>
        DateTimeOffset.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw Invalid($"'{name}' must be a time such as 2026-01-31T09:00:00Z; a '+' in an address is written %2B.");

    private static FaceSwapException Invalid(string detail) => new(ErrorCodes.InvalidRequest, detail);
}

/// <summary>A job in short, as lists show it.</summary>
/// <param name="Id">The job's id.</param>
/// <param name="Status">The stage it is in, or how it ended.</param>
/// <param name="Percent">How much is done; absent for one that ended without a result.</param>
/// <param name="SubmittedAt">When it was accepted.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Error">The code of its failure; the job itself has the detail and the remedy.</param>
/// <param name="Links">Where to go from here.</param>
public sealed record JobSummary(
    string Id, JobStage Status, int? Percent, DateTimeOffset SubmittedAt, DateTimeOffset? EndedAt, string? Error, JobLinks Links)
{
    internal static JobSummary Of(IndexedJob job, JobStage status, int? percent, string apiBase) => new(
        job.Id, status, percent, job.SubmittedAt, job.EndedAt, job.Error, JobLinks.Of(apiBase, job.Id, status == JobStage.Completed));
}

/// <summary>One page of the caller's jobs.</summary>
/// <param name="Jobs">The jobs, newest first.</param>
/// <param name="Cursor">What to ask the next page with; absent on the last.</param>
public sealed record JobListBody(IReadOnlyList<JobSummary> Jobs, string? Cursor);
