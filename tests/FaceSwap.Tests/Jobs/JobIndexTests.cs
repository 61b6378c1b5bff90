using FaceSwap.Errors;
using FaceSwap.Jobs;
using FaceSwap.Tests.Product;
using Xunit;

namespace FaceSwap.Tests.Jobs;

public sealed class JobIndexTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly TestProduct _product = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private JobIndex Index => _product.Get<JobIndex>();

    public void Dispose() => _product.Dispose();

    [Fact]
    public async Task Page_AfterPage_GivesEveryJobOnceNewestFirst()
    {
        await AddAsync(Enumerable.Range(1, 10));
        await Index.AddAsync(Job(5) with { Id = "job_of_another", Caller = "another" }, Token);

        for (var size = 1; size <= 11; size++)
        {
            var pages = await ReadAsync(new JobFilter(), size);

            Assert.Equal(Enumerable.Range(1, 10).Reverse().Select(number => $"job_{number}"), pages.SelectMany(page => page.Jobs).Select(job => job.Id));
            Assert.All(pages.SkipLast(1), page => Assert.Equal(size, page.Jobs.Count));
        }
    }

    [Fact]
    public async Task Page_ThatGoesOnFromAPlace_BeginsAfterIt()
    {
        await AddAsync(Enumerable.Range(1, 10));
        var page = await Index.PageAsync("caller", new JobFilter(), null, 10, Token);

        foreach (var (index, place) in page.Places.Index())
        {
            var rest = await Index.PageAsync("caller", new JobFilter(), place, 10, Token);

            Assert.Equal(page.Jobs.Skip(index + 1), rest.Jobs);
        }
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(100_000)]
    public async Task Page_OfHoweverManyJobs_AsksStorageOnceForOneMoreThanItShows(int jobs)
    {
        var moments = Enumerable.Range(1, jobs).Select(number => Start.AddSeconds(number)).ToArray();
        _product.Blobs.Fill(moments.Index().Select(moment => JobIndex.MarkOf(Job(moment.Index) with { SubmittedAt = moment.Item }).Path));

        foreach (var now in new[] { moments[^1].AddSeconds(-30), moments[^1], moments[^1].AddMinutes(5) })
        {
            _product.Time.Advance(now - _product.Time.GetUtcNow());
            _product.Blobs.PageSizes.Clear();

            var page = await Index.PageAsync("caller", new JobFilter(), null, 20, Token);

            Assert.Equal(Enumerable.Range(1, 20).Select(number => $"job_{jobs - number}"), page.Jobs.Select(job => job.Id));
            Assert.Equal(21, Assert.Single(_product.Blobs.PageSizes));
        }
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(100_000)]
    public async Task Page_OfManyJobsAndFewInTheLastHours_AsksStorageTwice(int jobs)
    {
        _product.Blobs.Fill(Enumerable.Range(1, jobs).Select(number => JobIndex.MarkOf(Job(number)).Path));
        _product.Time.Advance(TimeSpan.FromHours(jobs));

        var page = await Index.PageAsync("caller", new JobFilter(), null, 20, Token);

        Assert.Equal(Enumerable.Range(0, 20).Select(number => $"job_{jobs - number}"), page.Jobs.Select(job => job.Id));
        Assert.Equal([21, 21], _product.Blobs.PageSizes);
    }

    [Fact]
    public async Task Pages_WhileTheHoursChange_GiveEveryJobOnceNewestFirst()
    {
        // Where names begin otherwise than those before, and with a clock that is a little behind that of the newest job.
        var change = Start.AddTicks((long.MaxValue - Start.UtcTicks) % (1L << 36));
        for (var seconds = -120; seconds <= 120; seconds += 5)
        {
            using var product = new TestProduct();
            product.Time.Advance(change.AddSeconds(seconds) - Start);
            var ids = Enumerable.Range(0, 200).Select(number => $"job_{number:d3}").ToArray();
            var jobs = ids.Index().Select(job => Job(0) with { Id = job.Item, SubmittedAt = product.Time.GetUtcNow().AddSeconds(30 - (60 * job.Index)) });
            product.Blobs.Fill(jobs.Select(job => JobIndex.MarkOf(job).Path));
            List<IndexedJob> found = [];
            string? cursor = null;
            do
            {
                var page = await product.Get<JobIndex>().PageAsync("caller", new JobFilter(), cursor, 9, Token);
                found.AddRange(page.Jobs);
                cursor = page.Cursor;
            }
            while (cursor is not null);

            Assert.Equal(ids, found.Select(job => job.Id));
        }
    }

    [Fact]
    public async Task Page_WhileJobsAreAdded_NeitherRepeatsNorSkips()
    {
        await AddAsync(Enumerable.Range(1, 10));
        var next = 11;

        var pages = await ReadAsync(new JobFilter(), 3, async () => await AddAsync(Enumerable.Range(next++, 1)));

        Assert.Equal(Enumerable.Range(1, 10).Reverse().Select(number => $"job_{number}"), pages.SelectMany(page => page.Jobs).Select(job => job.Id));
    }

    [Fact]
    public async Task Job_ThatHasEnded_IsToldByItsMark()
    {
        await AddAsync([1, 2]);
        await Index.CloseAsync(Job(1), JobStage.Failed, Start.AddHours(3), ErrorCodes.RenderFailed, Token);

        var page = await Index.PageAsync("caller", new JobFilter(), null, 10, Token);

        Assert.Equal(
            [
                new IndexedJob("job_2", Start.AddHours(2), null, null, null),
                new IndexedJob("job_1", Start.AddHours(1), JobStage.Failed, Start.AddHours(3), ErrorCodes.RenderFailed),
            ],
            page.Jobs);
    }

    [Theory]
    [InlineData(null, null, null, "4 3 2 1")]
    [InlineData(null, 2, null, "4 3 2")]
    [InlineData(null, null, 3, "2 1")]
    [InlineData(null, 2, 4, "3 2")]
    [InlineData(null, 5, null, "")]
    [InlineData(JobStage.Completed, null, null, "4 3 1")]
    [InlineData(JobStage.Failed, null, null, "4 2")]
    [InlineData(JobStage.Rendering, null, null, "4")]
    [InlineData(JobStage.Completed, 2, 4, "3")]
    public async Task Filter_PassesWhatItNamesAndWhatHasNoEndYet(JobStage? status, int? since, int? until, string expected)
    {
        await AddAsync([1, 2, 3, 4]);
        foreach (var (number, end) in new[] { (1, JobStage.Completed), (2, JobStage.Failed), (3, JobStage.Completed) })
        {
            await Index.CloseAsync(Job(number), end, Start, null, Token);
        }

        var filter = new JobFilter(status, since is { } from ? Start.AddHours(from) : null, until is { } to ? Start.AddHours(to) : null);
        var pages = await ReadAsync(filter, 2);

        Assert.Equal(expected, string.Join(' ', pages.SelectMany(page => page.Jobs).Select(job => job.Id[4..])));
    }

    [Fact]
    public async Task Filter_ThatPassesFewOfVeryMany_GivesPagesWithNoneAndGoesOn()
    {
        await AddAsync(Enumerable.Range(1, 4500));

        var pages = await ReadAsync(new JobFilter(Until: Start.AddHours(3)), 2);

        Assert.Equal([0, 2], pages.Select(page => page.Jobs.Count));
        Assert.Equal(["job_2", "job_1"], pages[1].Jobs.Select(job => job.Id));
    }

    private static JobInput Job(int number) => new(
        $"job_{number}", "caller", Start.AddHours(number), "https://app.test/api", null, null, null, "swap", "en", null, JobPolicy.From(new JobOptions()));

    private async Task AddAsync(IEnumerable<int> numbers)
    {
        foreach (var number in numbers)
        {
            await Index.AddAsync(Job(number), Token);
        }
    }

    private async Task<List<IndexPage>> ReadAsync(JobFilter filter, int size, Func<Task>? between = null)
    {
        var pages = new List<IndexPage>();
        do
        {
            pages.Add(await Index.PageAsync("caller", filter, pages.LastOrDefault()?.Cursor, size, Token));
            await (between?.Invoke() ?? Task.CompletedTask);
        }
        while (pages[^1].Cursor is not null);

        return pages;
    }
}
