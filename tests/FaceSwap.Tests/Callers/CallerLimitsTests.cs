using System.Collections.Concurrent;
using FaceSwap.Callers;
using FaceSwap.Errors;
using FaceSwap.Tests.Product;
using Xunit;

namespace FaceSwap.Tests.Callers;

/// <summary>What a caller may do is counted for all instances of the app together, and by the clock.</summary>
public sealed class CallerLimitsTests : IDisposable
{
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromMilliseconds(300);
    private readonly TestProduct _product = new(null, Settings);
    private readonly TestProduct _beside;

    public CallerLimitsTests() => _beside = new TestProduct(_product, Settings);

    private static (string, string)[] Settings =>
        [("Callers:RequestsPerMinute", "10"), ("Callers:JobsInFlight", "2"), ("Callers:BytesPerDay", "100")];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _beside.Dispose();
        _product.Dispose();
    }

    [Fact]
    public async Task Requests_AtOnceAtTwoInstances_AreCountedExactly()
    {
        var limits = new[] { _product.Get<CallerLimits>(), _beside.Get<CallerLimits>() };

        var refusals = await Task.WhenAll(Enumerable.Range(0, 30).Select(number => Record.ExceptionAsync(() => limits[number % 2].CountRequestAsync("ada", Token)).AsTask()));

        Assert.Equal(20, refusals.Count(refusal => refusal is FaceSwapException { Code: ErrorCodes.QuotaExceeded }));
        await limits[0].CountRequestAsync("bob", Token);
    }

    [Fact]
    public async Task Requests_OfTheNextMinute_AreOthers()
    {
        var limits = _product.Get<CallerLimits>();
        _product.Time.Advance(TimeSpan.FromSeconds(42));
        for (var request = 0; request < 10; request++)
        {
            await limits.CountRequestAsync("ada", Token);
        }

        var refusal = await Assert.ThrowsAsync<FaceSwapException>(() => limits.CountRequestAsync("ada", Token));
        Assert.Equal(TimeSpan.FromSeconds(18), refusal.RetryAfter);
        _product.Time.Advance(refusal.RetryAfter!.Value);

        await limits.CountRequestAsync("ada", Token);
    }

    [Fact]
    public async Task Bytes_OfADay_AreCountedTogether()
    {
        await _product.Get<CallerLimits>().CountBytesAsync("ada", 60, Token);
        await _beside.Get<CallerLimits>().CheckBytesAsync("ada", Token);
        await _beside.Get<CallerLimits>().CountBytesAsync("ada", 40, Token);
        _product.Time.Advance(TimeSpan.FromHours(23));

        var refusal = await Assert.ThrowsAsync<FaceSwapException>(() => _product.Get<CallerLimits>().CheckBytesAsync("ada", Token));
        await _product.Get<CallerLimits>().CheckBytesAsync("bob", Token);

        Assert.Equal((ErrorCodes.QuotaExceeded, TimeSpan.FromHours(1)), (refusal.Code, refusal.RetryAfter));
        _product.Time.Advance(TimeSpan.FromHours(1));
        await _product.Get<CallerLimits>().CheckBytesAsync("ada", Token);
    }

    [Fact]
    public async Task Jobs_InFlight_AreThoseUnderWay()
    {
        var limits = _product.Get<CallerLimits>();
        await limits.CheckJobsAsync(() => Open("job_1"));

        var refusal = await Assert.ThrowsAsync<FaceSwapException>(() => limits.CheckJobsAsync(() => Open("job_1", "job_2")));

        Assert.Equal(ErrorCodes.QuotaExceeded, refusal.Code);
        Assert.NotNull(refusal.RetryAfter);
    }

    [Fact]
    public async Task Jobs_AtOnceAtTwoInstances_AreNeverMoreThanMayBe()
    {
        var limits = new[] { _product.Get<CallerLimits>(), _beside.Get<CallerLimits>() };
        var running = new ConcurrentDictionary<string, bool>();
        var ended = 0;
        async Task<bool> StartAsync(int number)
        {
            var id = $"job_{number:00}";
            try
            {
                return await limits[number % 2].WithinJobsAsync(
                    "ada", id, () => Open([.. running.Keys]), async () => { await Task.Yield(); return running.TryAdd(id, true); }, Token);
            }
            catch (FaceSwapException e) when (e.Code == ErrorCodes.QuotaExceeded)
            {
                return false;
            }
            finally
            {
                Interlocked.Increment(ref ended);
            }
        }

        // All make their marks before any looks.
        var all = new Rendezvous(12);
        _product.Blobs.Before = (method, _) => method == "PUT" ? all.MeetAsync() : Task.CompletedTask;
        var starts = Task.WhenAll(Enumerable.Range(0, 12).Select(StartAsync));
        while (!starts.IsCompleted)
        {
            // Not before all that are left wait: those that gave up still have their marks.
            if (_product.Time.TimersDueIn(LookAgainAfter) is > 0 and var waiting && waiting == 12 - Volatile.Read(ref ended))
            {
                _product.Time.Advance(LookAgainAfter);
            }

            await Task.Yield();
        }

        Assert.Equal(2, (await starts).Count(started => started));
        Assert.Equal(2, running.Count);
        Assert.Empty(_product.Blobs.NamesUnder("limits/"));
        Assert.False(await StartAsync(12));
    }

    [Fact]
    public async Task Jobs_WhoseStartDied_CountForAMinute()
    {
        var limits = _product.Get<CallerLimits>();
        _product.Blobs.Before = (method, _) => method == "DELETE" ? throw new InvalidOperationException("It died.") : Task.CompletedTask;
        foreach (var job in new[] { "job_1", "job_2" })
        {
            await Assert.ThrowsAsync<IOException>(() => limits.WithinJobsAsync<int>("ada", job, () => Open(), () => throw new IOException("It died."), Token));
        }

        _product.Blobs.Before = null;
        Task<int> NextAsync() => limits.WithinJobsAsync("ada", "job_3", () => Open(), () => Task.FromResult(3), Token);

        Assert.Equal(ErrorCodes.QuotaExceeded, (await Assert.ThrowsAsync<FaceSwapException>(NextAsync)).Code);
        _product.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(3, await NextAsync());
    }

    [Fact]
    public async Task Limits_ThatAreNotSet_CostNothing()
    {
        using var free = new TestProduct(_product);
        var limits = free.Get<CallerLimits>();

        await limits.CountRequestAsync("ada", Token);
        await limits.CheckBytesAsync("ada", Token);
        await limits.CountBytesAsync("ada", 1, Token);
        await limits.CheckJobsAsync(() => throw new InvalidOperationException("Nobody is to count."));
        Assert.Equal(1, await limits.WithinJobsAsync("ada", "job_1", () => throw new InvalidOperationException("Nobody is to count."), () => Task.FromResult(1), Token));

        Assert.Empty(_product.Blobs.Requests);
    }

    private static Task<IReadOnlyList<string>> Open(params string[] jobs) => Task.FromResult<IReadOnlyList<string>>(jobs);
}
