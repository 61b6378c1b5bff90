using Azure;
using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Ledger;
using FaceSwap.Storage;
using FaceSwap.Testing.Time;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FaceSwap.EndToEnd.Ledger;

/// <summary>The create-once documents that paying once rests on, over the real storage service.</summary>
public sealed class LedgerTests(AzuriteFixture fixture)
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Claim_OfManyAtOnce_IsGivenToOne()
    {
        using var app = ProductHost.Build(fixture.Azurite);
        var ledger = app.Services.GetRequiredService<SwapLedger>();

        var claims = await Task.WhenAll(Enumerable.Range(0, 20).Select(run => ledger.TryClaimAsync(Intent($"run {run}"), Cancellation)));

        Assert.Single(claims, claimed => claimed);
    }

    [Fact]
    public async Task Claim_RepeatedBecauseItsAnswerWasLost_IsStillOnesOwn()
    {
        using var app = ProductHost.Build(fixture.Azurite);
        var ledger = app.Services.GetRequiredService<SwapLedger>();
        var intent = Intent("mine");

        Assert.True(await ledger.TryClaimAsync(intent, Cancellation));
        Assert.True(await ledger.TryClaimAsync(intent, Cancellation));
        Assert.False(await ledger.TryClaimAsync(Intent("another's"), Cancellation));
    }

    [Fact]
    public async Task Claim_WithoutAContainer_IsAFailureAndNoRefusal()
    {
        using var app = ProductHost.Build(fixture.Azurite, createContainer: false);

        var failure = await Assert.ThrowsAsync<RequestFailedException>(
            () => app.Services.GetRequiredService<SwapLedger>().TryClaimAsync(Intent("mine"), Cancellation));

        Assert.Equal("ContainerNotFound", failure.ErrorCode);
    }

    [Fact]
    public async Task Session_ClaimedAMomentAgo_IsFreshUntilItsJobMustHaveStarted()
    {
        var clock = new FakeClock(TimeProvider.System.GetUtcNow());
        using var app = ProductHost.Build(fixture.Azurite, time: clock);
        var claims = app.Services.GetRequiredService<SessionClaims>();
        var free = await claims.ReadAsync("1", Cancellation);

        Assert.True(await claims.TryClaimAsync("1", "job_1", free, Cancellation));
        Assert.False(await claims.TryClaimAsync("1", "job_2", free, Cancellation));

        var taken = await claims.ReadAsync("1", Cancellation);
        Assert.Equal((null, "job_1", true), (free.Claim, taken.Claim?.JobId, taken.IsFresh));

        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.False((await claims.ReadAsync("1", Cancellation)).IsFresh);
    }

    [Fact]
    public async Task Uses_ThatNoJudgementLooksBackTo_AreRemoved()
    {
        var clock = new FakeClock(TimeProvider.System.GetUtcNow());
        using var app = ProductHost.Build(fixture.Azurite, time: clock);
        var ledger = app.Services.GetRequiredService<SwapLedger>();
        await ledger.TryClaimAsync(Intent("old"), Cancellation);
        clock.Advance(TimeSpan.FromDays(3));
        await ledger.TryClaimAsync(Intent("new") with { JobId = "job_2", CreatedAt = clock.GetUtcNow() }, Cancellation);

        await ledger.RemoveOldUsesAsync(Cancellation);

        var uses = await app.Services.GetRequiredService<BlobStore>().ListAsync("system/uses/", Cancellation).ToListAsync(Cancellation);
        Assert.Contains("job_2", Assert.Single(uses), StringComparison.Ordinal);
        Assert.True(await ledger.UsedByOthersAsync("account", "job_1", clock.GetUtcNow() - TimeSpan.FromMinutes(1), Cancellation));
        Assert.False(await ledger.UsedByOthersAsync("account", "job_2", clock.GetUtcNow() - TimeSpan.FromMinutes(1), Cancellation));
    }

    private static SwapIntent Intent(string nonce)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new SwapIntent("job_1", 1, "1", "account", "before", 100, 0, now, now.AddMinutes(1), Token: "token", Nonce: nonce);
    }
}
