using FaceSwap.Callers;
using FaceSwap.Errors;
using FaceSwap.Tests.Product;
using FaceSwap.Webhooks;
using FaceSwap.Webhooks.Endpoints;
using Xunit;

namespace FaceSwap.Tests.Webhooks.Endpoints;

/// <summary>The callers' endpoints: created, configured, and the one that stands for jobs.</summary>
public sealed class WebhookEndpointsTests : IDisposable
{
    private const string Owner = "caller";
    private const string Url = "https://receiver.test/hook";
    private static readonly (string, string)[] TwoConfigured =
    [
        ("Webhooks:Endpoints:ops:Url", "https://ops.test/"),
        ("Webhooks:Endpoints:audit:Url", "https://audit.test/"),
        ("Webhooks:Endpoints:audit:Events:0", WebhookEventTypes.JobFailed),
    ];

    private readonly TestProduct _product = new(settings: ("Webhooks:MostEndpoints", "3"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private WebhookEndpoints Endpoints => _product.Get<WebhookEndpoints>();

    public void Dispose() => _product.Dispose();

    [Fact]
    public async Task Create_IsEnabledListedAndItsOwnersAlone()
    {
        var created = await Endpoints.CreateAsync(Owner, Url, [WebhookEventTypes.JobFailed], "mine", Token);

        Assert.Matches("^whe_[0-9a-f]{32}$", created.Id);
        var now = _product.Time.GetUtcNow();
        Assert.Equivalent(
            new WebhookEndpoint(created.Id, EndpointKind.Created, Url, [WebhookEventTypes.JobFailed], "mine", EndpointStatus.Enabled, 0, [], now, now),
            await Endpoints.GetAsync(Owner, created.Id, Token),
            strict: true);
        Assert.Equal(["default", created.Id], await IdsAsync(Endpoints, Owner));
        Assert.Equal(["default"], await IdsAsync(Endpoints, "somebody"));
        Assert.Null(await Endpoints.FindAsync("somebody", created.Id, Token));
        await RefusesAsync(ErrorCodes.EndpointNotFound, () => Endpoints.GetAsync("somebody", created.Id, Token));
    }

    [Fact]
    public async Task Create_BeyondTheLimit_IsRefused()
    {
        // What became of the one for jobs stands in the same document, and is none of the caller's.
        await Endpoints.RotateAsync(Owner, WebhookEndpoint.ForJobs, Token);
        var first = await CreateAsync();
        await CreateAsync();
        await CreateAsync();

        var refusal = await RefusesAsync(ErrorCodes.LimitReached, CreateAsync);
        Assert.Equal("There are 3 webhook endpoints already.", refusal.Message);
        await Endpoints.DeleteAsync(Owner, first.Id, Token);
        await CreateAsync();
        await Endpoints.CreateAsync("somebody", Url, null, null, Token);
    }

    [Fact]
    public async Task Create_ByTwoAtOnce_LosesNeither()
    {
        await CreateAsync();
        var bothHaveRead = new Rendezvous(2);
        _product.Blobs.After = (method, _) => method == "GET" ? bothHaveRead.MeetAsync() : Task.CompletedTask;

        var created = await Task.WhenAll(CreateAsync(), CreateAsync());

        Assert.Equal(created.Select(endpoint => endpoint.Id).Order(), (await IdsAsync(Endpoints, Owner)).Skip(2).Order());
    }

    [Fact]
    public async Task Change_KeepsEverythingElseAndSaysWhen()
    {
        var (first, second) = (await CreateAsync(), await CreateAsync());
        _product.Time.Advance(TimeSpan.FromMinutes(1));

        var changed = await Endpoints.ChangeAsync(Owner, first.Id, endpoint => endpoint with { Description = "new" }, Token);

        Assert.Equivalent(first with { Description = "new", UpdatedAt = _product.Time.GetUtcNow() }, changed, strict: true);
        Assert.Equivalent(changed, await Endpoints.GetAsync(Owner, first.Id, Token), strict: true);
        Assert.Equivalent(second, await Endpoints.GetAsync(Owner, second.Id, Token), strict: true);
        Assert.Equal(["default", first.Id, second.Id], await IdsAsync(Endpoints, Owner));
        await RefusesAsync(ErrorCodes.EndpointNotFound, () => Endpoints.ChangeAsync(Owner, "whe_none", endpoint => endpoint, Token));
    }

    [Fact]
    public async Task Delete_OfACreatedOne_LeavesTheOthers()
    {
        var (first, second) = (await CreateAsync(), await CreateAsync());

        await Endpoints.DeleteAsync(Owner, first.Id, Token);

        Assert.Equal(["default", second.Id], await IdsAsync(Endpoints, Owner));
        await RefusesAsync(ErrorCodes.EndpointNotFound, () => Endpoints.DeleteAsync(Owner, first.Id, Token));
        await RefusesAsync(ErrorCodes.EndpointNotFound, () => Endpoints.DeleteAsync("somebody", second.Id, Token));
        await RefusesAsync(ErrorCodes.EndpointIsConfigured, () => Endpoints.DeleteAsync(Owner, WebhookEndpoint.ForJobs, Token));
    }

    [Fact]
    public async Task Delete_OfAConfiguredOne_IsRefused()
    {
        using var configured = new TestProduct(_product, TwoConfigured);
        var endpoints = configured.Get<WebhookEndpoints>();

        await RefusesAsync(ErrorCodes.EndpointIsConfigured, () => endpoints.DeleteAsync(CallerIds.Default, "cfg_ops", Token));
        await RefusesAsync(ErrorCodes.EndpointNotFound, () => endpoints.DeleteAsync(Owner, "cfg_ops", Token));
    }

    [Fact]
    public async Task Rotate_FourTimesWithinTheOverlap_IsAllThatSign()
    {
        var id = (await CreateAsync()).Id;
        var first = _product.Time.GetUtcNow();
        for (var rotation = 1; rotation <= 4; rotation++)
        {
            Assert.Equal(rotation, (await Endpoints.RotateAsync(Owner, id, Token)).Rotation);
            _product.Time.Advance(TimeSpan.FromHours(1));
        }

        await RefusesAsync(ErrorCodes.LimitReached, () => Endpoints.RotateAsync(Owner, id, Token));
        var endpoint = await Endpoints.GetAsync(Owner, id, Token);
        Assert.Equal(Enumerable.Range(0, 4).Select(number => new RetiredSecret(number, first.AddHours(24 + number))), endpoint.Retired);

        _product.Time.Advance(first.AddHours(24) - _product.Time.GetUtcNow());
        var fifth = await Endpoints.RotateAsync(Owner, id, Token);
        Assert.Equal(5, fifth.Rotation);
        Assert.Equal([1, 2, 3, 4], fifth.Retired.Select(retired => retired.Rotation));
    }

    [Fact]
    public async Task End_OfOneThatAnswered410_IsGoneUntilItIsEnabled()
    {
        var created = await CreateAsync();
        _product.Time.Advance(TimeSpan.FromMinutes(1));

        await Endpoints.EndAsync(Owner, created, Token);

        Assert.Equivalent(
            created with { Status = EndpointStatus.Gone, UpdatedAt = _product.Time.GetUtcNow() },
            await Endpoints.GetAsync(Owner, created.Id, Token),
            strict: true);
    }

    [Fact]
    public async Task End_OfOneThatHasMovedOrIsDisabled_ChangesNothing()
    {
        var moved = await CreateAsync();
        var movedTo = await Endpoints.ChangeAsync(Owner, moved.Id, endpoint => endpoint with { Url = "https://new.test/" }, Token);
        var disabled = await CreateAsync();
        disabled = await Endpoints.ChangeAsync(Owner, disabled.Id, endpoint => endpoint with { Status = EndpointStatus.Disabled }, Token);
        var deleted = await CreateAsync();
        await Endpoints.DeleteAsync(Owner, deleted.Id, Token);
        _product.Time.Advance(TimeSpan.FromMinutes(1));

        foreach (var endpoint in new[] { moved, disabled, deleted })
        {
            await Endpoints.EndAsync(Owner, endpoint, Token);
        }

        Assert.Equivalent(movedTo, await Endpoints.GetAsync(Owner, moved.Id, Token), strict: true);
        Assert.Equivalent(disabled, await Endpoints.GetAsync(Owner, disabled.Id, Token), strict: true);
        Assert.Null(await Endpoints.FindAsync(Owner, deleted.Id, Token));
    }

    [Fact]
    public async Task Configured_AreTheOperatorsInTheOrderOfTheirNames()
    {
        using var configured = new TestProduct(_product, TwoConfigured);

        var all = await configured.Get<WebhookEndpoints>().ListAsync(CallerIds.Default, Token);

        Assert.Equal(["default", "cfg_audit", "cfg_ops"], all.Select(endpoint => endpoint.Id));
        Assert.Equivalent(
            new WebhookEndpoint("cfg_audit", EndpointKind.Configured, "https://audit.test/", [WebhookEventTypes.JobFailed], null, EndpointStatus.Enabled, 0, [], null, null),
            all[1],
            strict: true);
        Assert.Null(all[2].Events);
        Assert.Equal(["default"], await IdsAsync(configured.Get<WebhookEndpoints>(), Owner));
    }

    [Fact]
    public async Task Configured_AnotherAddressThere_EndsTheGoneAndKeepsItsSecret()
    {
        var before = new TestProduct(_product, TwoConfigured);
        var endpoints = before.Get<WebhookEndpoints>();
        await endpoints.RotateAsync(CallerIds.Default, "cfg_ops", Token);
        await endpoints.EndAsync(CallerIds.Default, await endpoints.GetAsync(CallerIds.Default, "cfg_ops", Token), Token);
        await endpoints.ChangeAsync(CallerIds.Default, "cfg_audit", endpoint => endpoint with { Status = EndpointStatus.Disabled }, Token);
        Assert.Equal(EndpointStatus.Gone, (await endpoints.GetAsync(CallerIds.Default, "cfg_ops", Token)).Status);
        before.Dispose();

        using var after = new TestProduct(
            _product,
            ("Webhooks:Endpoints:ops:Url", "https://moved.test/"),
            ("Webhooks:Endpoints:ops:Events:0", WebhookEventTypes.JobStarted),
            ("Webhooks:Endpoints:audit:Url", "https://moved.test/"));
        var ops = await after.Get<WebhookEndpoints>().GetAsync(CallerIds.Default, "cfg_ops", Token);

        Assert.Equal(("https://moved.test/", EndpointStatus.Enabled, 1), (ops.Url, ops.Status, ops.Rotation));
        Assert.Equal([WebhookEventTypes.JobStarted], ops.Events);
        Assert.Equal(EndpointStatus.Disabled, (await after.Get<WebhookEndpoints>().GetAsync(CallerIds.Default, "cfg_audit", Token)).Status);
    }

    [Fact]
    public async Task Targets_AreTheJobsReceiverTheCallersAndTheOperators()
    {
        using var configured = new TestProduct(_product, TwoConfigured);
        var endpoints = configured.Get<WebhookEndpoints>();
        var mine = await endpoints.CreateAsync(Owner, Url, [WebhookEventTypes.JobProgress], null, Token);
        var disabled = await endpoints.CreateAsync(Owner, Url, null, null, Token);
        await endpoints.ChangeAsync(Owner, disabled.Id, endpoint => endpoint with { Status = EndpointStatus.Disabled }, Token);
        var operators = await endpoints.CreateAsync(CallerIds.Default, Url, null, null, Token);
        await endpoints.EndAsync(CallerIds.Default, await endpoints.GetAsync(CallerIds.Default, "cfg_ops", Token), Token);

        Assert.Equivalent(
            new[]
            {
                new WebhookTarget(Owner, "default", "https://job.test/", [WebhookEventTypes.JobCompleted]),
                new WebhookTarget(Owner, mine.Id, null, [WebhookEventTypes.JobProgress]),
                new WebhookTarget(CallerIds.Default, "cfg_audit", null, [WebhookEventTypes.JobFailed]),
            },
            await endpoints.TargetsAsync(Owner, "https://job.test/", [WebhookEventTypes.JobCompleted], Token),
            strict: true);
        Assert.Equal([mine.Id, "cfg_audit"], (await endpoints.TargetsAsync(Owner, null, null, Token)).Select(target => target.EndpointId));
        Assert.Equal(
            ["cfg_audit", operators.Id], (await endpoints.TargetsAsync(CallerIds.Default, null, null, Token)).Select(target => target.EndpointId));
    }

    private static async Task<IEnumerable<string>> IdsAsync(WebhookEndpoints endpoints, string owner) =>
        (await endpoints.ListAsync(owner, Token)).Select(endpoint => endpoint.Id);

    private static async Task<FaceSwapException> RefusesAsync(string code, Func<Task> call)
    {
        var refusal = await Assert.ThrowsAsync<FaceSwapException>(call);
        Assert.Equal(code, refusal.Code);
        return refusal;
    }

    private Task<WebhookEndpoint> CreateAsync() => Endpoints.CreateAsync(Owner, Url, null, null, Token);
}
