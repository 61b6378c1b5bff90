using System.Globalization;
using FaceSwap.Errors;
using FaceSwap.Ledger;
using FaceSwap.NemoVideo.Credits;
using FaceSwap.NemoVideo.Tokens;
using FaceSwap.Tests.Product;
using Xunit;

namespace FaceSwap.Tests.Ledger;

/// <summary>What jobs that share an account leave one another, until the backend itself has reserved what they spend.</summary>
public sealed class CreditReservationTests : IDisposable
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(300);
    private readonly TestProduct product = new();

    public void Dispose() => product.Dispose();

    [Theory]
    [InlineData(100, 0, true)]
    [InlineData(0, 100, true)]
    [InlineData(60, 40, true)]
    [InlineData(99, 0, false)]
    [InlineData(59, 40, false)]
    public async Task Check_CountsWhatIsFrozenForOthers_SinceItMayComeBack(int available, int frozen, bool enough)
    {
        (product.Backend.Available, product.Backend.Frozen) = (available, frozen);

        var failure = await Record.ExceptionAsync(() => Reservations.CheckAsync(Cancellation));

        Assert.Equal(enough ? null : ErrorCodes.InsufficientCredits, (failure as FaceSwapException)?.Code);
        Assert.Equal(enough ? null : "Top up credits in your account.", (failure as FaceSwapException)?.Remedy);
    }

    [Fact]
    public async Task Check_OfAnAnonymousAccount_SaysHowToRegister()
    {
        using var anonymous = new TestProduct(settings: [TestProduct.Anonymous, ("Nemo:WebUrl", "https://web.test/")]);
        anonymous.Backend.Available = 0;

        var failure = await Assert.ThrowsAsync<FaceSwapException>(() => anonymous.Get<CreditReservations>().CheckAsync(Cancellation));

        Assert.Equal("Register to get more credits: https://web.test/register?bind=anonymous-1", failure.Remedy);
    }

    [Fact]
    public async Task Reservation_IsSeenUntilItIsReleased()
    {
        var balance = await ReserveAsync("job_1");

        Assert.Equal((1000m, 0m), (balance.Available, balance.Frozen));
        Assert.Equal(100, await Reservations.ReservedAsync(TestProduct.Account, Cancellation));
        await Reservations.ReleaseAsync(TestProduct.Account, "job_1");
        Assert.Equal(0, await Reservations.ReservedAsync(TestProduct.Account, Cancellation));
    }

    [Fact]
    public async Task Reservation_ThatIsForgotten_LapsesAfterFiveMinutes_AndIsRemovedAfterADay()
    {
        await ReserveAsync("job_1");

        product.Time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1));
        Assert.Equal(100, await Reservations.ReservedAsync(TestProduct.Account, Cancellation));
        product.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(0, await Reservations.ReservedAsync(TestProduct.Account, Cancellation));

        product.Time.Advance(TimeSpan.FromDays(1));
        await Reservations.ReservedAsync(TestProduct.Account, Cancellation);
        Assert.Single(Marks());
        product.Time.Advance(TimeSpan.FromTicks(1));
        await Reservations.ReservedAsync(TestProduct.Account, Cancellation);
        Assert.Empty(Marks());
    }

    [Fact]
    public async Task Reserve_ForTheSameJob_ReservesOnce()
    {
        product.Backend.Available = 100;
        await ReserveAsync("job_1");
        product.Time.Advance(TimeSpan.FromMinutes(4));
        await ReserveAsync("job_1");

        product.Time.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(100, await Reservations.ReservedAsync(TestProduct.Account, Cancellation));
    }

    [Fact]
    public async Task Reserve_WhereOlderJobsTookAllThereIs_IsToWait()
    {
        product.Backend.Available = 299;
        await ReserveAsync("job_1");
        await ReserveAsync("job_2");

        var failure = await Assert.ThrowsAsync<FaceSwapException>(() => ReserveAsync("job_3"));

        Assert.Equal((ErrorCodes.CreditsReserved, TimeSpan.FromSeconds(5)), (failure.Code, failure.RetryAfter));
        Assert.Equal(2, Marks().Count);
    }

    [Fact]
    public async Task Reserve_WhereExactlyEnoughIsLeft_Reserves()
    {
        product.Backend.Available = 300;
        await ReserveAsync("job_1");
        await ReserveAsync("job_2");

        await ReserveAsync("job_3");
        Assert.Equal(3, Marks().Count);
    }

    [Fact]
    public async Task Reserve_BesideANewerJobThatTakesTooMuch_LooksAgainUntilThatGivesUp()
    {
        product.Backend.Available = 100;
        await MarkAsync("job_2");

        var reserving = ReserveAsync("job_1");
        await product.Time.PassAsync(Look);
        await product.Time.PassAsync(Look);
        await Reservations.ReleaseAsync(TestProduct.Account, "job_2");
        await product.Time.PassAsync(Look);

        Assert.Equal(100, (await reserving).Available);
    }

    [Fact]
    public async Task Reserve_BesideANewerJobThatDoesNotGiveUp_EndsAfterFiveLooks()
    {
        product.Backend.Available = 100;
        await MarkAsync("job_2");

        var reserving = ReserveAsync("job_1");
        foreach (var _ in Enumerable.Range(0, 4))
        {
            await product.Time.PassAsync(Look);
        }

        Assert.Equal(ErrorCodes.CreditsReserved, (await Assert.ThrowsAsync<FaceSwapException>(() => reserving)).Code);
        Assert.Equal(5, product.Backend.CountOf(ScriptedBackend.Balance));
        Assert.Single(Marks());
    }

    [Fact]
    public async Task Reserve_TheMoreJobsAreOlder_TheSoonerItGivesUp()
    {
        product.Backend.Available = 300;
        await MarkAsync("job_0", "job_1", "job_9", "job_8");

        var reserving = ReserveAsync("job_2");
        await product.Time.PassAsync(Look);
        await product.Time.PassAsync(Look);

        Assert.Equal(ErrorCodes.CreditsReserved, (await Assert.ThrowsAsync<FaceSwapException>(() => reserving)).Code);
        Assert.Equal(3, product.Backend.CountOf(ScriptedBackend.Balance));
    }

    [Fact]
    public async Task Reserve_OnAnAccountWithTooLittle_SaysSoAndLeavesNothing()
    {
        product.Backend.Available = 12.5m;

        var failure = await Assert.ThrowsAsync<FaceSwapException>(() => ReserveAsync("job_1"));

        Assert.Equal((ErrorCodes.InsufficientCredits, "The account has 12.5 credits; an edit takes about 100."), (failure.Code, failure.Message));
        Assert.Empty(Marks());
    }

    [Fact]
    public async Task Reserve_WhatIsFrozen_IsNotTakenForAvailable()
    {
        (product.Backend.Available, product.Backend.Frozen) = (50, 100);

        Assert.Equal(ErrorCodes.CreditsReserved, (await Assert.ThrowsAsync<FaceSwapException>(() => ReserveAsync("job_1"))).Code);
    }

    [Fact]
    public async Task Reserve_ThatIsEndedMeanwhile_LeavesNothing()
    {
        product.Backend.Available = 100;
        await MarkAsync("job_2");
        using var ended = new CancellationTokenSource();
        var reserving = ReserveAsync("job_1", ended.Token);
        await product.Time.PassAsync(Look);

        await ended.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reserving);
        Assert.DoesNotContain(Marks(), mark => mark.EndsWith("job_1", StringComparison.Ordinal));
    }

    private CreditReservations Reservations => product.Get<CreditReservations>();

    private async Task<NemoBalance> ReserveAsync(string jobId, CancellationToken? cancellation = null) =>
        await Reservations.ReserveAsync(await product.Get<NemoTokens>().GetAsync(Cancellation), jobId, cancellation ?? Cancellation);

    private async Task MarkAsync(params string[] jobIds)
    {
        foreach (var jobId in jobIds)
        {
            var facts = new Dictionary<string, string> { ["amount"] = "100", ["until"] = product.Time.GetUtcNow().AddMinutes(5).ToString("O", CultureInfo.InvariantCulture) };
            await product.Store.Marks.WriteAsync($"system/reservations/{TestProduct.Account}/{jobId}", facts, Cancellation);
        }
    }

    private IReadOnlyList<string> Marks() => product.Blobs.NamesUnder("system/reservations/");
}
