using FaceSwap.Errors;
using FaceSwap.Ledger;
using FaceSwap.Tests.Product;
using Xunit;

namespace FaceSwap.Tests.Ledger;

/// <summary>What an edit took is told by the account's balance, and only where nothing else moved it.</summary>
public sealed class SpentCreditsTests : IDisposable
{
    private const string Job = "job_1";
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    // A message leaves within 60 s of its intent, or never.
    private static readonly TimeSpan SendWindow = TimeSpan.FromSeconds(60);
    private readonly TestProduct product = new();

    public void Dispose() => product.Dispose();

    [Theory]
    [InlineData(1000, 900, 100)]
    [InlineData(1000, 1000, 0)]
    [InlineData(100, 37.5, 62.5)]
    public async Task Of_AnAccountThatNothingElseUsed_IsWhatItHasLess(double before, double after, double spent)
    {
        product.Backend.Available = (decimal)before;
        await product.IntendAsync();
        product.Backend.Available = (decimal)after;

        Assert.Equal((decimal)spent, await ReadAsync());
    }

    [Fact]
    public async Task Of_AJobThatSentNothing_IsUnknown() => Assert.Null(await ReadAsync());

    [Theory]
    [InlineData(1001, 0)]
    [InlineData(900, 100)]
    public async Task Of_AnAccountThatWasToppedUpOrIsAtWork_IsUnknown(int available, int frozen)
    {
        await product.IntendAsync();
        (product.Backend.Available, product.Backend.Frozen) = (available, frozen);

        Assert.Null(await ReadAsync());
    }

    [Fact]
    public async Task Of_AnAccountThatWasAtWorkBefore_IsUnknown()
    {
        product.Backend.Frozen = 100;
        await product.IntendAsync();
        (product.Backend.Available, product.Backend.Frozen) = (900, 0);

        Assert.Null(await ReadAsync());
    }

    [Fact]
    public async Task Of_AnotherAccount_IsUnknown()
    {
        await product.IntendAsync(intent => intent with { Account = "user-other" });
        product.Backend.Available = 900;

        Assert.Null(await ReadAsync());
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task Of_AnAccountWithAnotherMessageBefore_IsKnownOnceThatCanNoLongerLeave(int ticks, bool isUnknown)
    {
        await OtherIntendsAsync();
        product.Time.Advance(SendWindow + TimeSpan.FromTicks(ticks));
        await product.IntendAsync();
        product.Backend.Available = 900;

        Assert.Equal(isUnknown ? null : 100m, await ReadAsync());
    }

    [Fact]
    public async Task Of_AnAccountWithAnotherMessageSince_IsUnknown_HoweverLongTheEditTook()
    {
        await product.IntendAsync();
        product.Backend.Available = 900;
        product.Time.Advance(TimeSpan.FromMinutes(50));
        await OtherIntendsAsync();
        product.Time.Advance(TimeSpan.FromMinutes(50));

        Assert.Null(await ReadAsync());
    }

    [Fact]
    public async Task Of_SeveralMessages_IsWhatAllOfThemTook()
    {
        await product.IntendAsync();
        product.Backend.Available = 900;
        await product.IntendAsync(intent => intent with { Attempt = 2 });
        product.Backend.Available = 800;

        Assert.Equal(200, await product.Get<SpentCredits>().OfAsync(Job, 2, Cancellation));
    }

    [Fact]
    public async Task Of_AMessageThatNeverRan_CountsFromTheNext()
    {
        await product.IntendAsync();
        var first = await product.Get<SwapLedger>().FindAsync(Job, 1, Cancellation);
        await product.Get<SwapLedger>().VoidAsync(first!, JobError.Of(ErrorCodes.BackendUnavailable, "Away."), Cancellation);
        product.Backend.Available = 950;
        await product.IntendAsync(intent => intent with { Attempt = 2 });
        product.Backend.Available = 850;

        Assert.Equal(100, await product.Get<SpentCredits>().OfAsync(Job, 2, Cancellation));
    }

    [Fact]
    public async Task Of_AnAccountThatCannotBeRead_IsUnknown()
    {
        await product.IntendAsync();
        product.Backend.On(ScriptedBackend.Balance, () => ScriptedBackend.Json("{}", 400));

        Assert.Null(await ReadAsync());
    }

    private Task<decimal?> ReadAsync() => product.Get<SpentCredits>().OfAsync(Job, 1, Cancellation);

    private Task OtherIntendsAsync() => product.IntendAsync(intent => intent with { JobId = "job_2", SessionId = "session-2" });
}
