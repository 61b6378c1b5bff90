using FaceSwap.Ledger;
using FaceSwap.Tests.Product;
using Xunit;

namespace FaceSwap.Tests.Ledger;

/// <summary>A message of unknown outcome is sent again only where everything says that it never ran.</summary>
public sealed class ResendJudgeTests : IDisposable
{
    private const string Job = "job_1";
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    // The stream of another job's message lasts at most 15 minutes, and leaves within 60 s of its intent.
    private static readonly TimeSpan LookBack = TimeSpan.FromMinutes(16);
    private readonly TestProduct product = new();

    public void Dispose() => product.Dispose();

    [Fact]
    public async Task Judge_EverythingAsBefore_Allows()
    {
        await product.IntendAsync();

        Assert.Equal(ResendVerdict.Allowed, await JudgeAsync());
    }

    [Fact]
    public async Task Judge_WithoutAnIntent_IsAmbiguous() => Assert.Equal(ResendVerdict.Ambiguous, await JudgeAsync());

    [Fact]
    public async Task Judge_StateThatChanged_IsApplied()
    {
        await product.IntendAsync();
        product.Backend.Draft = """{"t":[]}""";
        product.Backend.Available = 900;

        Assert.Equal(ResendVerdict.Applied, await JudgeAsync());
    }

    [Theory]
    [InlineData(900, 0)]
    [InlineData(1100, 0)]
    [InlineData(1000, 100)]
    public async Task Judge_CreditsThatMoved_IsAmbiguous(int available, int frozen)
    {
        await product.IntendAsync();
        (product.Backend.Available, product.Backend.Frozen) = (available, frozen);

        Assert.Equal(ResendVerdict.Ambiguous, await JudgeAsync());
    }

    [Fact]
    public async Task Judge_AnotherAccount_IsAmbiguous()
    {
        await product.IntendAsync(intent => intent with { Account = "user-other" });

        Assert.Equal(ResendVerdict.Ambiguous, await JudgeAsync());
    }

    [Fact]
    public async Task Judge_AnotherTokenOfTheSameAccount_IsAmbiguous()
    {
        await product.IntendAsync(intent => intent with { Token = "token-other" });

        Assert.Equal(ResendVerdict.Ambiguous, await JudgeAsync());
    }

    [Fact]
    public async Task Judge_MessageOfAnotherJobThatMayStillHaveRun_IsAmbiguous()
    {
        await OtherIntendsAsync();
        product.Time.Advance(LookBack);
        await product.IntendAsync();

        Assert.Equal(ResendVerdict.Ambiguous, await JudgeAsync());
    }

    [Fact]
    public async Task Judge_MessageOfAnotherJobThatWasOverByThen_Allows()
    {
        await OtherIntendsAsync();
        product.Time.Advance(LookBack + TimeSpan.FromTicks(1));
        await product.IntendAsync();

        Assert.Equal(ResendVerdict.Allowed, await JudgeAsync());
    }

    [Fact]
    public async Task Judge_MessageOfAnotherJobAfterTheIntent_IsAmbiguous()
    {
        await product.IntendAsync();
        product.Time.Advance(TimeSpan.FromMinutes(10));
        await OtherIntendsAsync();

        Assert.Equal(ResendVerdict.Ambiguous, await JudgeAsync());
    }

    [Fact]
    public async Task Judge_EarlierMessageOfTheSameJob_DoesNotCount()
    {
        await product.IntendAsync(intent => intent with { Attempt = 2 });
        await product.IntendAsync();

        Assert.Equal(ResendVerdict.Allowed, await JudgeAsync());
    }

    private Task<ResendVerdict> JudgeAsync() => product.Get<ResendJudge>().JudgeAsync(Job, 1, Cancellation);

    private Task OtherIntendsAsync() => product.IntendAsync(intent => intent with { JobId = "job_2", SessionId = "session-2" });
}
