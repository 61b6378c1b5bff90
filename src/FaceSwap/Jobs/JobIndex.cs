using System.Globalization;
using FaceSwap.Storage;

namespace FaceSwap.Jobs;

/// <summary>Which jobs a caller has, newest first: a mark for each, which also tells how it ended, so that a list reads only those that run.</summary>
/// <remarks>The instance stays the truth. Where a mark and its instance say different things, the mark is late.</remarks>
public sealed class JobIndex(BlobStore store, TimeProvider time)
{
    private const int MostPages = 4;
    private const int FilteredPage = 1000;

    // Of the 16 digits of a time: what names within the same two hours (16^9 ticks) have in common.
    private const int HoursDigits = 7;
    private const string Status = "status";
    private const string EndedAt = "ended";
    private const string Error = "error";
    private const string Key = "key";
    private const string Item = "item";

    // By how much the clock of another instance may be ahead.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    /// <summary>Adds a job; before it is started, so that none is ever missing. An item of a batch is noted there too.</summary>
    public Task AddAsync(JobInput job, CancellationToken cancellationToken) => MarkAsync(job, FactsOf(job), cancellationToken);

    /// <summary>Notes how a job ended.</summary>
    /// <param name="end">How.</param>
    /// <param name="at">When.</param>
    /// <param name="error">The code of its failure, or null.</param>
    public Task CloseAsync(JobInput job, JobStage end, DateTimeOffset at, string? error, CancellationToken cancellationToken)
    {
        var facts = FactsOf(job);
        facts[Status] = end.ToString();
        facts[EndedAt] = at.UtcTicks.ToString(CultureInfo.InvariantCulture);
        if (error is not null)
        {
            facts[Error] = error;
        }

        return MarkAsync(job, facts, cancellationToken);
    }

    /// <summary>The mark of a job.</summary>
    public static JobMark MarkOf(JobInput job) => new(job.Id, PathOf(job), BatchPathOf(job), job.Batch);

    /// <summary>The document of the idempotency key under which a job was started; null: there was none.</summary>
    public async Task<string?> KeyOfAsync(JobMark mark, CancellationToken cancellationToken) =>
        await store.Marks.ReadAsync(mark.Path, cancellationToken) is { } facts && facts.TryGetValue(Key, out var key) ? key : null;

    public async Task RemoveAsync(JobMark mark, CancellationToken cancellationToken)
    {
        await store.DeleteAsync(mark.Path, cancellationToken);
        if (mark.BatchPath is not null)
        {
            await store.DeleteAsync(mark.BatchPath, cancellationToken);
        }
    }

    /// <summary>The items of a batch that were started, in no order; of an item that took several jobs, the newest.</summary>
    public async Task<IReadOnlyList<IndexedJob>> ItemsAsync(string batchId, CancellationToken cancellationToken)
    {
        var prefix = JobPaths.BatchJobs(batchId);
        var jobs = store.Marks.ListAsync(prefix, cancellationToken).Select(mark => Read(mark.Path[prefix.Length..], mark.Facts));

        // They come newest first.
        return await jobs.DistinctBy(job => job.Item).ToListAsync(cancellationToken);
    }

    /// <summary>The marks of the items of a batch that were started, newest first.</summary>
    /// <param name="batchId">The batch.</param>
    /// <param name="caller">Whose it is.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    public IAsyncEnumerable<JobMark> MarksAsync(string batchId, string caller, CancellationToken cancellationToken)
    {
        var prefix = JobPaths.BatchJobs(batchId);
        return store.ListAsync(prefix, cancellationToken)
            .Select(path => new JobMark(path[(path.LastIndexOf('-') + 1)..], $"{JobPaths.Jobs(caller)}{path[prefix.Length..]}", path));
    }

    /// <summary>The jobs of a caller that have not ended, of those that were submitted since a moment.</summary>
    public async Task<IReadOnlyList<string>> OpenAsync(string caller, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var prefix = JobPaths.Jobs(caller);
        var open = new List<string>();
        await foreach (var (path, facts) in store.Marks.ListAsync(prefix, cancellationToken))
        {
            var job = Read(path[prefix.Length..], facts);
            if (job.SubmittedAt < since)
            {
                break;
            }

            if (job.End is null)
            {
                open.Add(job.Id);
            }
        }

        return open;
    }

    /// <summary>One page of a caller's jobs. New jobs never move it: they come before the first page.</summary>
    /// <param name="caller">Whose jobs.</param>
    /// <param name="filter">Which of them. A job that has no end yet passes by its status, whatever that is asked for: only its instance knows it.</param>
    /// <param name="cursor">Where the page before ended, or null for the newest.</param>
    /// <param name="size">How many at most; where a filter passes few, a page may have fewer, or none, and still not be the last.</param>
    public async Task<IndexPage> PageAsync(string caller, JobFilter filter, string? cursor, int size, CancellationToken cancellationToken)
    {
        var prefix = filter.Batch is { } batch ? JobPaths.BatchJobs(batch) : JobPaths.Jobs(caller);
        var (token, after) = cursor?.Split('\n') is [var page, var name] ? (page, name) : ("", "");
        var (found, places) = (new List<IndexedJob>(), new List<string>());
        for (var pages = 1; ; pages++)
        {
            var marks = cursor is null && pages == 1 && filter is { IsOpen: true, Batch: null }
                ? await NewestAsync(prefix, size + 1, cancellationToken)
                : await store.Marks.PageAsync(prefix, token.Length > 0 ? token : null, filter.IsOpen ? size + 1 : FilteredPage, cancellationToken);
            foreach (var (path, facts) in marks.Marks.Where(mark => string.CompareOrdinal(mark.Path, after) > 0))
            {
                if (found.Count == size)
                {
                    return new IndexPage(found, places, $"{token}\n{after}");
                }

                var job = Read(path[prefix.Length..], facts);
                if (job.SubmittedAt < filter.Since)
                {
                    return new IndexPage(found, places, null);
                }

                if (filter.Passes(job))
                {
                    found.Add(job);
                    places.Add($"{token}\n{path}");
                }

                after = path;
            }

            if (marks.Cursor is null)
            {
                return new IndexPage(found, places, null);
            }

            token = marks.Cursor;
            if (pages == MostPages || found.Count == size)
            {
                return new IndexPage(found, places, $"{token}\n{after}");
            }
        }
    }

    // A store may put all names under a prefix in order for each listing, and then those of the last hours are found much sooner than
    // all. Where they are fewer than asked for, the caller has few jobs as a rule.
    private async Task<MarkPage> NewestAsync(string prefix, int size, CancellationToken cancellationToken)
    {
        var hours = await store.Marks.PageAsync($"{prefix}{TimeOf(time.GetUtcNow() + Skew)[..HoursDigits]}", null, size, cancellationToken);
        return hours.Marks.Count == size ? hours : await store.Marks.PageAsync(prefix, null, size, cancellationToken);
    }

    private async Task MarkAsync(JobInput job, Dictionary<string, string> facts, CancellationToken cancellationToken)
    {
        await store.Marks.WriteAsync(PathOf(job), facts, cancellationToken);
        if (BatchPathOf(job) is { } path)
        {
            await store.Marks.WriteAsync(path, facts, cancellationToken);
        }
    }

    private static Dictionary<string, string> FactsOf(JobInput job)
    {
        var facts = new Dictionary<string, string>();
        if (job.Key is not null)
        {
            facts[Key] = job.Key;
        }

        if (job.Batch is not null)
        {
            facts[Item] = job.Batch.Item.ToString(CultureInfo.InvariantCulture);
        }

        return facts;
    }

    private static string PathOf(JobInput job) => $"{JobPaths.Jobs(job.Caller)}{NameOf(job)}";

    private static string? BatchPathOf(JobInput job) => job.Batch is null ? null : $"{JobPaths.BatchJobs(job.Batch.Id)}{NameOf(job)}";

    private static string NameOf(JobInput job) => $"{TimeOf(job.SubmittedAt)}-{job.Id}";

    // Later moments come first.
    private static string TimeOf(DateTimeOffset moment) => (long.MaxValue - moment.UtcTicks).ToString("x16", CultureInfo.InvariantCulture);

    private static IndexedJob Read(string name, IDictionary<string, string> facts) => new(
        name[17..],
        new DateTimeOffset(long.MaxValue - long.Parse(name.AsSpan(0, 16), NumberStyles.HexNumber), TimeSpan.Zero),
        facts.TryGetValue(Status, out var status) ? Enum.Parse<JobStage>(status) : null,
        facts.TryGetValue(EndedAt, out var ticks) ? new DateTimeOffset(long.Parse(ticks, CultureInfo.InvariantCulture), TimeSpan.Zero) : null,
        facts.TryGetValue(Error, out var error) ? error : null,
        facts.TryGetValue(Item, out var item) ? int.Parse(item, CultureInfo.InvariantCulture) : null);
}

/// <summary>Where a job is noted: with this it can be removed when nothing else of it is left.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Path">Its mark in the index.</param>
/// <param name="BatchPath">Its mark in its batch, or null.</param>
/// <param name="Batch">Its place in the batch, where that is to be left too; null: the batch takes care of it, or there is none.</param>
public sealed record JobMark(string JobId, string Path, string? BatchPath = null, JobBatch? Batch = null);

/// <summary>Which jobs of a caller.</summary>
/// <param name="Status">Only those in this stage; null: all.</param>
/// <param name="Since">Only those submitted at this moment or later; null: all.</param>
/// <param name="Until">Only those submitted before this moment; null: all.</param>
/// <param name="Batch">Only the items of this batch, which must be the caller's; null: all.</param>
public sealed record JobFilter(JobStage? Status = null, DateTimeOffset? Since = null, DateTimeOffset? Until = null, string? Batch = null)
{
    /// <summary>Whether most jobs pass.</summary>
    public bool IsOpen => Status is null && Until is null;

    public bool Passes(IndexedJob job) =>
        (Status is null || job.End is null || job.End == Status) && (Until is null || job.SubmittedAt < Until);
}

/// <summary>A job as its mark knows it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="SubmittedAt">When it was accepted.</param>
/// <param name="End">How it ended; null: it runs, or was never started, or its mark is late.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Error">The code of its failure.</param>
/// <param name="Item">Which item of its batch it is, or null.</param>
public sealed record IndexedJob(string Id, DateTimeOffset SubmittedAt, JobStage? End, DateTimeOffset? EndedAt, string? Error, int? Item = null);

/// <summary>One page of the index, newest job first.</summary>
/// <param name="Jobs">The jobs.</param>
/// <param name="Places">For each of them, where a page would begin that follows it.</param>
/// <param name="Cursor">Where the next page begins; null: this is the last.</param>
public sealed record IndexPage(IReadOnlyList<IndexedJob> Jobs, IReadOnlyList<string> Places, string? Cursor);
