using System.Text.Json.Serialization;
using FaceSwap.Callers;
using FaceSwap.Errors;
using FaceSwap.Storage;
using Microsoft.Extensions.Options;

namespace FaceSwap.Webhooks.Endpoints;

/// <summary>The callers' endpoints: those they created, those of the configuration, and the one that stands for jobs.</summary>
/// <remarks>The configured ones belong to the default caller, the operator, and hear of everybody's jobs.</remarks>
public sealed class WebhookEndpoints(BlobStore store, IOptions<WebhookOptions> options, TimeProvider time)
{
    private const int MostRetired = 4;
    private readonly IReadOnlyList<WebhookEndpoint> _configured =
    [
        .. options.Value.Endpoints.OrderBy(endpoint => endpoint.Key, StringComparer.Ordinal)
            .Select(endpoint => WebhookEndpoint.Configured($"cfg_{endpoint.Key}", endpoint.Value.Url, endpoint.Value.Events?.AsReadOnly())),
    ];

    public async Task<IReadOnlyList<WebhookEndpoint>> ListAsync(string owner, CancellationToken cancellationToken) =>
        All(owner, await ReadAsync(owner, cancellationToken));

    public async Task<WebhookEndpoint?> FindAsync(string owner, string id, CancellationToken cancellationToken) =>
        Find(owner, id, await ReadAsync(owner, cancellationToken));

    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.EndpointNotFound"/>.</exception>
    public async Task<WebhookEndpoint> GetAsync(string owner, string id, CancellationToken cancellationToken) =>
        await FindAsync(owner, id, cancellationToken) ?? throw NotFound();

    /// <summary>Everybody who is to hear of a caller's job.</summary>
    /// <param name="owner">The caller.</param>
    /// <param name="url">The receiver that the job itself names, or null.</param>
    /// <param name="events">The filter that goes with it.</param>
    public async Task<IReadOnlyList<WebhookTarget>> TargetsAsync(
        string owner, string? url, IReadOnlyList<string>? events, CancellationToken cancellationToken)
    {
        var targets = Enabled(owner, await ListAsync(owner, cancellationToken));
        if (owner != CallerIds.Default && _configured.Count > 0)
        {
            var operators = await ListAsync(CallerIds.Default, cancellationToken);
            targets = targets.Concat(Enabled(CallerIds.Default, operators.Where(endpoint => endpoint.Kind == EndpointKind.Configured)));
        }

        return url is null ? [.. targets] : [new WebhookTarget(owner, WebhookEndpoint.ForJobs, url, events), .. targets];
    }

    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.LimitReached"/>.</exception>
    public async Task<WebhookEndpoint> CreateAsync(
        string owner, string url, IReadOnlyList<string>? events, string? description, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var created = WebhookEndpoint.Created($"whe_{Guid.CreateVersion7(now):N}", url, events, description, now);
        await UpdateAsync(
            owner,
            book => book.Endpoints.Count(endpoint => endpoint.Kind == EndpointKind.Created) < options.Value.MostEndpoints
                ? book.With(created)
                : throw new FaceSwapException(ErrorCodes.LimitReached, $"There are {options.Value.MostEndpoints} webhook endpoints already."),
            cancellationToken);
        return created;
    }

    /// <summary>Changes an endpoint and returns it as it is then.</summary>
    /// <param name="change">Makes the changed endpoint; it may run more than once.</param>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.EndpointNotFound"/>, or what the change throws.</exception>
    public async Task<WebhookEndpoint> ChangeAsync(
        string owner, string id, Func<WebhookEndpoint, WebhookEndpoint> change, CancellationToken cancellationToken)
    {
        WebhookEndpoint? changed = null;
        await UpdateAsync(
            owner,
            book =>
            {
                changed = change(Find(owner, id, book) ?? throw NotFound()) with { UpdatedAt = time.GetUtcNow() };
                return book.With(changed);
            },
            cancellationToken);
        return changed!;
    }

    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.EndpointNotFound"/> or <see cref="ErrorCodes.EndpointIsConfigured"/>.</exception>
    public Task DeleteAsync(string owner, string id, CancellationToken cancellationToken) => UpdateAsync(
        owner,
        book => (Find(owner, id, book) ?? throw NotFound()).Kind == EndpointKind.Created
            ? book.Without(id)
            : throw new FaceSwapException(ErrorCodes.EndpointIsConfigured, "This endpoint was not created through the API and cannot be deleted there."),
        cancellationToken);

    /// <summary>Takes a new secret; the old one signs beside it for a day, so that receivers can change over.</summary>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.EndpointNotFound"/> or <see cref="ErrorCodes.LimitReached"/>.</exception>
    public Task<WebhookEndpoint> RotateAsync(string owner, string id, CancellationToken cancellationToken) => ChangeAsync(
        owner,
        id,
        endpoint =>
        {
            var now = time.GetUtcNow();
            var signing = endpoint.Retired.Where(retired => retired.SignsUntil > now).ToArray();
            return signing.Length < MostRetired
                ? endpoint with { Rotation = endpoint.Rotation + 1, Retired = [.. signing, new(endpoint.Rotation, now + options.Value.RotationOverlap)] }
                : throw new FaceSwapException(ErrorCodes.LimitReached, $"{MostRetired} former secrets still sign; wait until one of them has ended.");
        },
        cancellationToken);

    /// <summary>Ends an endpoint that answered 410, unless it has another address by now.</summary>
    public Task EndAsync(string owner, WebhookEndpoint gone, CancellationToken cancellationToken) => UpdateAsync(
        owner,
        book => Find(owner, gone.Id, book) is { IsEnabled: true } endpoint && endpoint.Url == gone.Url
            ? book.With(endpoint with { Status = EndpointStatus.Gone, UpdatedAt = time.GetUtcNow() })
            : null,
        cancellationToken);

    private static IEnumerable<WebhookTarget> Enabled(string owner, IEnumerable<WebhookEndpoint> endpoints) =>
        from endpoint in endpoints
        where endpoint is { IsEnabled: true, Url: not null }
        select new WebhookTarget(owner, endpoint.Id, null, endpoint.Events);

    private static FaceSwapException NotFound() => new(ErrorCodes.EndpointNotFound, "No webhook endpoint has this id.");

    private async Task<EndpointBook> ReadAsync(string owner, CancellationToken cancellationToken) =>
        await store.ReadAsync(JobPaths.Endpoints(owner), EndpointJson.Stored.EndpointBook, cancellationToken) ?? EndpointBook.Empty;

    private Task UpdateAsync(string owner, Func<EndpointBook, EndpointBook?> change, CancellationToken cancellationToken) =>
        store.UpdateAsync(JobPaths.Endpoints(owner), EndpointJson.Stored.EndpointBook, book => change(book ?? EndpointBook.Empty), cancellationToken);

    private WebhookEndpoint? Find(string owner, string id, EndpointBook book) =>
        All(owner, book).FirstOrDefault(endpoint => endpoint.Id == id);

    // The configuration has the last word on address and filter; an address that is new is not gone.
    private static WebhookEndpoint Merge(WebhookEndpoint kept, WebhookEndpoint configured) => kept with
    {
        Url = configured.Url,
        Events = configured.Events,
        Status = kept.Status == EndpointStatus.Gone && kept.Url != configured.Url ? EndpointStatus.Enabled : kept.Status,
    };

    private IReadOnlyList<WebhookEndpoint> All(string owner, EndpointBook book)
    {
        IEnumerable<WebhookEndpoint> known = owner == CallerIds.Default ? [WebhookEndpoint.OfJobs(), .. _configured] : [WebhookEndpoint.OfJobs()];
        return
        [
            .. known.Select(endpoint => book.Find(endpoint.Id) is { } kept ? Merge(kept, endpoint) : endpoint),
            .. book.Endpoints.Where(endpoint => endpoint.Kind == EndpointKind.Created),
        ];
    }
}

/// <summary>One caller's endpoints, in one document: a job is accepted and a message sent with one read of it.</summary>
/// <remarks>Of endpoints that were not created here it holds what became of them: their rotations and status.</remarks>
/// <param name="Endpoints">In the order of their creation.</param>
public sealed record EndpointBook(IReadOnlyList<WebhookEndpoint> Endpoints)
{
    public static EndpointBook Empty { get; } = new([]);

    public WebhookEndpoint? Find(string id) => Endpoints.FirstOrDefault(endpoint => endpoint.Id == id);

    /// <summary>With an endpoint as it is now.</summary>
    public EndpointBook With(WebhookEndpoint changed) => new(Find(changed.Id) is null
        ? [.. Endpoints, changed]
        : [.. Endpoints.Select(endpoint => endpoint.Id == changed.Id ? changed : endpoint)]);

    public EndpointBook Without(string id) => new([.. Endpoints.Where(endpoint => endpoint.Id != id)]);
}

[JsonSerializable(typeof(EndpointBook))]
internal sealed partial class EndpointJson : JsonSerializerContext
{
    public static EndpointJson Stored { get; } = new(WebhookJson.NewOptions());
}
