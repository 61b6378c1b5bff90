using System.Text;
using FaceSwap.Errors;
using FaceSwap.NemoVideo.Tokens;
using FaceSwap.Tests.Product;
using Xunit;

namespace FaceSwap.Tests.NemoVideo.Tokens;

/// <summary>The anonymous token, of which the backend gives a client one in seven days, by the minute.</summary>
public sealed class AnonymousTokenTests : IDisposable
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly TestProduct product = new(settings: TestProduct.Anonymous);
    private readonly List<string> clients = [];

    public AnonymousTokenTests() => Give();

    public void Dispose() => product.Dispose();

    [Fact]
    public async Task Token_IsAskedForOnce_AndSharedByInstances()
    {
        using var other = new TestProduct(product, TestProduct.Anonymous);

        var first = await Tokens.GetAsync(Cancellation);
        var again = await Tokens.GetAsync(Cancellation);
        var shared = await other.Get<NemoTokens>().GetAsync(Cancellation);

        Assert.Same(first, again);
        Assert.Equal(("Bearer token-1", first.Account, first.Fingerprint), (shared.ToHeader().ToString(), shared.Account, shared.Fingerprint));
        Assert.Equal(("anonymous-1", product.Time.GetUtcNow().AddDays(7)), (first.BindId, first.ExpiresAt));
        Assert.Single(clients);
    }

    [Fact]
    public async Task Token_IsStoredSealed_AndPrintsAsItsAccount()
    {
        var token = await Tokens.GetAsync(Cancellation);

        Assert.DoesNotContain("token-1", Encoding.UTF8.GetString(product.Blobs["system/anonymous-token"]!), StringComparison.Ordinal);
        Assert.Equal(token.Account, token.ToString());
        Assert.StartsWith("anon-", token.Account, StringComparison.Ordinal);
        Assert.StartsWith("token-", token.Fingerprint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_SealedUnderAnotherKey_IsReplacedByOneOfANewClient()
    {
        await Tokens.GetAsync(Cancellation);
        using var other = new TestProduct(product, TestProduct.Anonymous, ("MasterKey", Convert.ToBase64String([.. Enumerable.Repeat((byte)1, 32)])));

        Assert.Equal("Bearer token-2", (await other.Get<NemoTokens>().GetAsync(Cancellation)).ToHeader().ToString());
        Assert.Equal(2, clients.Distinct().Count());
    }

    [Fact]
    public async Task Token_WithAnEndOfItsOwn_LastsUntilThen()
    {
        product.Backend.On(ScriptedBackend.Token, () => ScriptedBackend.Json("""{"code":0,"data":{"token":"t","expires_at":"2026-01-02T00:00:00Z"}}"""));

        var token = await Tokens.GetAsync(Cancellation);

        Assert.Equal((new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero), ""), (token.ExpiresAt, token.BindId));
    }

    [Fact]
    public async Task Token_WithinFiveMinutesOfItsEnd_IsRenewedForTheSameClient()
    {
        var first = await Tokens.GetAsync(Cancellation);

        product.Time.Advance(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1));
        Assert.Same(first, await Tokens.GetAsync(Cancellation));
        product.Time.Advance(TimeSpan.FromTicks(1));
        var second = await Tokens.GetAsync(Cancellation);

        Assert.Equal(("Bearer token-2", first.Account), (second.ToHeader().ToString(), second.Account));
        Assert.NotEqual(first.Fingerprint, second.Fingerprint);
        Assert.Single(clients.Distinct());
    }

    [Fact]
    public async Task Token_WhoseEarlyRenewalIsRefused_IsKept_AndAskedForAgainAMinuteLater()
    {
        var first = await Tokens.GetAsync(Cancellation);
        product.Time.Advance(first.ExpiresAt!.Value - product.Time.GetUtcNow() - TimeSpan.FromMinutes(4));
        Refuse();

        Assert.Same(first, await Tokens.GetAsync(Cancellation));
        product.Time.Advance(Minute - TimeSpan.FromTicks(1));
        Assert.Same(first, await Tokens.GetAsync(Cancellation));
        Assert.Equal(2, clients.Count);
        product.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Same(first, await Tokens.GetAsync(Cancellation));
        Assert.Equal(3, clients.Count);
    }

    [Fact]
    public async Task Token_WhoseEarlyRenewalMeetsStorageThatIsAway_IsKept()
    {
        var first = await Tokens.GetAsync(Cancellation);
        product.Time.Advance(first.ExpiresAt!.Value - product.Time.GetUtcNow() - Minute);
        product.Blobs.Before = (_, _) => throw new HttpRequestException("storage is away");

        Assert.Same(first, await Tokens.GetAsync(Cancellation));
    }

    [Fact]
    public async Task Token_ThatEnded_IsReplaced_AndARefusalIsWaitedForOnce()
    {
        var first = await Tokens.GetAsync(Cancellation);
        product.Time.Advance(TimeSpan.FromDays(7));
        Refuse(once: true);

        var renewal = Tokens.GetAsync(Cancellation);
        await product.Time.PassAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(("Bearer token-2", first.Account), ((await renewal).ToHeader().ToString(), (await renewal).Account));
    }

    [Fact]
    public async Task Refusal_IsToldToThoseWhoQueuedBehindIt_WithoutAskingAgain()
    {
        var first = await Tokens.GetAsync(Cancellation);
        Refuse(seconds: 31);

        var failures = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => RefusalAsync(first)));

        Assert.All(failures, failure => Assert.Equal((ErrorCodes.RateLimited, TimeSpan.FromSeconds(31)), (failure.Code, failure.RetryAfter)));
        Assert.Equal(2, clients.Count);

        product.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(TimeSpan.FromSeconds(1), (await RefusalAsync(first)).RetryAfter);
        Assert.Equal(2, clients.Count);
        product.Time.Advance(TimeSpan.FromSeconds(1));
        await RefusalAsync(first);
        Assert.Equal(3, clients.Count);
    }

    [Fact]
    public async Task Refusal_ThatAsksForLong_IsAskedAboutAgainAfterAMinute()
    {
        var first = await Tokens.GetAsync(Cancellation);
        Refuse(seconds: 3600);
        await RefusalAsync(first);

        product.Time.Advance(Minute);
        await RefusalAsync(first);

        Assert.Equal(3, clients.Count);
    }

    [Fact]
    public async Task Refusal_WhileAnotherInstanceGotAToken_TakesThat()
    {
        var first = await Tokens.GetAsync(Cancellation);
        using var other = new TestProduct(product, TestProduct.Anonymous);
        var others = await other.Get<NemoTokens>().GetAsync(Cancellation);
        Refuse(seconds: 31);
        await RefusalAsync(first);
        Give();
        await other.Get<NemoTokens>().RenewAsync(others, Cancellation);

        Assert.Equal("Bearer token-2", (await Tokens.RenewAsync(first, Cancellation)).ToHeader().ToString());
        Assert.Equal(3, clients.Count);
    }

    [Fact]
    public async Task Renewal_WhoseAnswerIsLost_TakesAnotherClientAtTheFirstRefusal()
    {
        var first = await Tokens.GetAsync(Cancellation);
        product.Backend.On(ScriptedBackend.Token, request => throw Seen(request, new HttpRequestException("reset")));
        Assert.Equal(ErrorCodes.BackendUnavailable, (await RefusalAsync(first)).Code);
        RefuseKnownClients(31);

        var second = await Tokens.RenewAsync(first, Cancellation);

        Assert.NotEqual(first.Account, second.Account);
        Assert.Equal(2, clients.Distinct().Count());
    }

    [Fact]
    public async Task Renewal_WhoseAnswerWasLostMoreThanAnHourAgo_SaysNothingAboutARefusalOfToday()
    {
        var first = await Tokens.GetAsync(Cancellation);
        product.Backend.On(ScriptedBackend.Token, request => throw Seen(request, new HttpRequestException("reset")));
        await RefusalAsync(first);
        product.Time.Advance(TimeSpan.FromHours(1));
        RefuseKnownClients(31);

        Assert.Equal(ErrorCodes.RateLimited, (await RefusalAsync(first)).Code);
        Assert.Single(clients.Distinct());
    }

    [Fact]
    public async Task Renewal_ThatAnotherInstanceAskedFor_IsLeftToItUntilItMustHaveEnded()
    {
        var first = await Tokens.GetAsync(Cancellation);
        using var other = new TestProduct(product, TestProduct.Anonymous);
        var others = await other.Get<NemoTokens>().GetAsync(Cancellation);
        product.Backend.On(ScriptedBackend.Token, request => throw Seen(request, new HttpRequestException("reset")));
        await Assert.ThrowsAsync<FaceSwapException>(() => other.Get<NemoTokens>().RenewAsync(others, Cancellation));
        RefuseKnownClients(31);

        // Two tries of 100 s and the 30 s between them: until then its token may still arrive.
        var refusal = await RefusalAsync(first);
        Assert.Equal((ErrorCodes.RateLimited, Minute), (refusal.Code, refusal.RetryAfter));
        product.Time.Advance(TimeSpan.FromSeconds(230));
        Assert.Equal(ErrorCodes.RateLimited, (await RefusalAsync(first)).Code);
        Assert.Single(clients.Distinct());

        product.Time.Advance(Minute);
        Assert.NotEqual(first.Account, (await Tokens.RenewAsync(first, Cancellation)).Account);
    }

    [Fact]
    public async Task Client_WhoseTokenIsRefusedForTenMinutes_IsGivenUp_AndOnlyOnceAnHour()
    {
        var first = await Tokens.GetAsync(Cancellation);
        RefuseKnownClients(31);
        await RefusalAsync(first);
        product.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(ErrorCodes.RateLimited, (await RefusalAsync(first)).Code);

        product.Time.Advance(Minute);
        var second = await Tokens.RenewAsync(first, Cancellation);
        Assert.NotEqual(first.Account, second.Account);

        // The refusals of the new client count from its own first one.
        await RefusalAsync(second);
        foreach (var _ in Enumerable.Range(0, 5))
        {
            product.Time.Advance(TimeSpan.FromMinutes(12));
            Assert.Equal(ErrorCodes.RateLimited, (await RefusalAsync(second)).Code);
        }

        product.Time.Advance(TimeSpan.FromMinutes(12));
        Assert.NotEqual(second.Account, (await Tokens.RenewAsync(second, Cancellation)).Account);
    }

    [Fact]
    public async Task Token_ThatCannotBeKept_WorksAllTheSame()
    {
        var writes = 0;
        product.Blobs.Before = (method, path) =>
            method == "PUT" && path == "system/anonymous-token" && Interlocked.Increment(ref writes) > 1 ? throw new HttpRequestException("storage is away") : Task.CompletedTask;

        Assert.Equal("Bearer token-1", (await Tokens.GetAsync(Cancellation)).ToHeader().ToString());
    }

    [Fact]
    public async Task Token_ThatInstancesAskForAtOnce_IsOfOneClient()
    {
        using var other = new TestProduct(product, TestProduct.Anonymous);
        var both = new Rendezvous(2);
        product.Blobs.Before = (method, path) => method == "GET" && path == "system/anonymous-token" ? both.MeetAsync() : Task.CompletedTask;

        var tokens = await Task.WhenAll(Tokens.GetAsync(Cancellation), other.Get<NemoTokens>().GetAsync(Cancellation));

        Assert.Single(tokens.Select(token => token.Account).Distinct());
        Assert.Single(clients.Distinct());
    }

    [Fact]
    public async Task Token_ThatIsConfigured_IsNeverAskedFor()
    {
        using var configured = new TestProduct(product);
        var tokens = configured.Get<NemoTokens>();

        var token = await tokens.GetAsync(Cancellation);

        Assert.Equal(("Bearer a configured token", null, null), (token.ToHeader().ToString(), token.BindId, token.ExpiresAt));
        Assert.StartsWith("user-", token.Account, StringComparison.Ordinal);
        Assert.Equal(ErrorCodes.TokenRejected, (await Assert.ThrowsAsync<FaceSwapException>(() => tokens.RenewAsync(token, Cancellation))).Code);
        Assert.Empty(clients);
    }

    private NemoTokens Tokens => product.Get<NemoTokens>();

    private async Task<FaceSwapException> RefusalAsync(NemoToken rejected) =>
        await Assert.ThrowsAsync<FaceSwapException>(() => Tokens.RenewAsync(rejected, Cancellation));

    // A new token for whoever asks.
    private void Give() => product.Backend.On(ScriptedBackend.Token, request =>
    {
        Seen(request);
        return Task.FromResult(product.Backend.NewToken());
    });

    private void Refuse(int? seconds = null, bool once = false) => product.Backend.On(ScriptedBackend.Token, request =>
    {
        Seen(request);
        if (once)
        {
            Give();
        }

        return Task.FromResult(ScriptedBackend.Limited(seconds is { } wait ? TimeSpan.FromSeconds(wait) : null));
    });

    // As the backend does: each client has had its token for this week.
    private void RefuseKnownClients(int seconds)
    {
        product.Backend.On(ScriptedBackend.Token, request =>
        {
            var isKnown = clients.Contains(request.Headers.GetValues("X-Client-Id").Single());
            Seen(request);
            return Task.FromResult(isKnown ? ScriptedBackend.Limited(TimeSpan.FromSeconds(seconds)) : product.Backend.NewToken());
        });
    }

    private Exception Seen(HttpRequestMessage request, Exception failure)
    {
        Seen(request);
        return failure;
    }

    private void Seen(HttpRequestMessage request)
    {
        lock (clients)
        {
            clients.Add(request.Headers.GetValues("X-Client-Id").Single());
        }
    }
}
