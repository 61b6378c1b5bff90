using FaceSwap.Errors;
using FaceSwap.Ledger;
using FaceSwap.Testing.Time;
using FaceSwap.Tests.Product;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace FaceSwap.Tests.Ledger;

public sealed class SwapLedgerTests : IDisposable
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;
    private readonly TestProduct product = new();

    public void Dispose() => product.Dispose();

    [Fact]
    public async Task Claim_OfAnIntentThatIsThere_IsRefused()
    {
        Assert.True(await Ledger.TryClaimAsync(Intent(), Cancellation));
        Assert.False(await Ledger.TryClaimAsync(Intent() with { Nonce = "another" }, Cancellation));
        Assert.True(await Ledger.TryClaimAsync(Intent() with { Nonce = "another", Attempt = 2 }, Cancellation));
    }

    [Fact]
    public async Task Claim_WithoutANonce_IsNeverKnownForOnesOwn()
    {
        Assert.True(await Ledger.TryClaimAsync(Intent() with { Nonce = "" }, Cancellation));
        Assert.False(await Ledger.TryClaimAsync(Intent() with { Nonce = "" }, Cancellation));
    }

    [Fact]
    public async Task Claim_ThatCannotBeWritten_HasLeftItsMarkBefore()
    {
        product.Blobs.Before = (_, path) => path.StartsWith("jobs/", StringComparison.Ordinal) ? throw new IOException("reset") : Task.CompletedTask;

        await Assert.ThrowsAnyAsync<Exception>(() => Ledger.TryClaimAsync(Intent(), Cancellation));

        Assert.True(await Ledger.UsedByOthersAsync("account", "job_2", product.Time.GetUtcNow(), Cancellation));
    }

    [Fact]
    public async Task Intent_IsReadAsItWasWritten()
    {
        var intent = Intent() with { Available = 12.5m, Frozen = 0.01m, VoidedBy = JobError.Of(ErrorCodes.RateLimited, "later") with { RetryAfter = TimeSpan.FromSeconds(3) } };
        await Ledger.TryClaimAsync(intent, Cancellation);

        Assert.Equal(intent, await Ledger.FindAsync("job_1", 1, Cancellation));
    }

    [Fact]
    public async Task Unproven_IsTheNewestBeforeThisAttempt_WhoseMessageMayHaveRun()
    {
        Assert.Null(await Ledger.FindUnprovenAsync("job_1", 1, Cancellation));
        foreach (var attempt in Enumerable.Range(1, 4))
        {
            await Ledger.TryClaimAsync(Intent() with { Attempt = attempt }, Cancellation);
        }

        var third = Intent() with { Attempt = 3 };
        await Ledger.VoidAsync(third, JobError.Of(ErrorCodes.RateLimited, "later"), Cancellation);

        Assert.Equal(2, (await Ledger.FindUnprovenAsync("job_1", 4, Cancellation))?.Attempt);
        Assert.Equal(4, (await Ledger.FindUnprovenAsync("job_1", 5, Cancellation))?.Attempt);
        Assert.Equal(1, (await Ledger.FindUnprovenAsync("job_1", 2, Cancellation))?.Attempt);
        Assert.Null(await Ledger.FindUnprovenAsync("job_1", 1, Cancellation));
        Assert.Null(await Ledger.FindUnprovenAsync("job_2", 5, Cancellation));
    }

    [Fact]
    public async Task Uses_AreThoseOfOtherJobsOfTheAccount_SinceTheMomentItself()
    {
        var intent = Intent();
        await Ledger.TryClaimAsync(intent, Cancellation);

        Assert.True(await Ledger.UsedByOthersAsync("account", "job_2", intent.CreatedAt, Cancellation));
        Assert.False(await Ledger.UsedByOthersAsync("account", "job_2", intent.CreatedAt.AddTicks(1), Cancellation));
        Assert.False(await Ledger.UsedByOthersAsync("account", "job_1", intent.CreatedAt, Cancellation));
        Assert.False(await Ledger.UsedByOthersAsync("account-2", "job_2", intent.CreatedAt, Cancellation));
    }

    [Fact]
    public async Task Use_OfAForbiddenAttempt_IsNone()
    {
        await Ledger.TryClaimAsync(Intent() with { VoidedBy = JobError.Of(ErrorCodes.NotSent, "forbidden") }, Cancellation);

        Assert.False(await Ledger.UsedByOthersAsync("account", "job_2", default, Cancellation));
    }

    [Fact]
    public async Task Uses_AreKeptTwoDays_AndRemovedBesideTheNextStart()
    {
        await Ledger.TryClaimAsync(Intent(), Cancellation);
        await product.Store.WriteAsync("system/uses/account/no-mark", [], Cancellation);
        product.Time.Advance(TimeSpan.FromDays(2));
        await Ledger.TryClaimAsync(Intent() with { JobId = "job_2" }, Cancellation);

        await Ledger.RemoveOldUsesAsync(Cancellation);
        Assert.Equal(3, Marks().Count);

        product.Time.Advance(TimeSpan.FromTicks(1));
        var housekeeping = product.Get<IEnumerable<IHostedService>>().Single(service => service is LedgerHousekeeping);
        await housekeeping.StartAsync(Cancellation);
        await Eventually.HoldsAsync(() => Marks().Count == 2, "the old mark is removed");

        Assert.DoesNotContain(Marks(), mark => mark.Contains("job_1", StringComparison.Ordinal));
        await housekeeping.StopAsync(Cancellation);
    }

    [Fact]
    public async Task Upload_IsClaimedOncePerJobAndSession()
    {
        var uploads = product.Get<UploadLedger>();

        Assert.True(await uploads.TryClaimAsync("job_1", "session-1", Cancellation));
        Assert.False(await uploads.TryClaimAsync("job_1", "session-1", Cancellation));
        Assert.True(await uploads.TryClaimAsync("job_1", "session-2", Cancellation));
        Assert.True(await uploads.TryClaimAsync("job_2", "session-1", Cancellation));
    }

    [Fact]
    public async Task SessionClaim_IsFreshForAMinute_AndReplacedOnlyAsItWasRead()
    {
        var claims = product.Get<SessionClaims>();
        var none = await claims.ReadAsync("session-1", Cancellation);
        Assert.Equal((null, false), (none.Claim, none.IsFresh));
        Assert.True(await claims.TryClaimAsync("session-1", "job_1", none, Cancellation));
        Assert.False(await claims.TryClaimAsync("session-1", "job_2", none, Cancellation));

        var first = await claims.ReadAsync("session-1", Cancellation);
        Assert.Equal((new SessionClaim("job_1", product.Time.GetUtcNow()), true), (first.Claim, first.IsFresh));
        product.Time.Advance(TimeSpan.FromMinutes(1) - TimeSpan.FromTicks(1));
        Assert.True((await claims.ReadAsync("session-1", Cancellation)).IsFresh);
        product.Time.Advance(TimeSpan.FromTicks(1));
        Assert.False((await claims.ReadAsync("session-1", Cancellation)).IsFresh);

        Assert.True(await claims.TryClaimAsync("session-1", "job_3", first, Cancellation));
        Assert.False(await claims.TryClaimAsync("session-1", "job_4", first, Cancellation));
        Assert.Equal("job_3", (await claims.ReadAsync("session-1", Cancellation)).Claim?.JobId);
    }

    private SwapLedger Ledger => product.Get<SwapLedger>();

    private SwapIntent Intent()
    {
        var now = product.Time.GetUtcNow();
        return new SwapIntent("job_1", 1, "session-1", "account", "hash", 1000, 0, now, now.AddSeconds(60), Token: "token", Nonce: "nonce");
    }

    private IReadOnlyList<string> Marks() => product.Blobs.NamesUnder("system/uses/");
}
