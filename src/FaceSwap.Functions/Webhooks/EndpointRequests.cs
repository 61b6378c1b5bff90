using FaceSwap.Errors;
using FaceSwap.Functions.Edge.Http;
using FaceSwap.Webhooks;
using FaceSwap.Webhooks.Endpoints;

namespace FaceSwap.Functions.Webhooks;

/// <summary>Reads and checks what callers say of endpoints.</summary>
public sealed class EndpointRequests(WebhookRules rules)
{
    private const int LongestDescription = 256;

    /// <exception cref="FaceSwapException">The endpoint is refused.</exception>
    public async Task<EndpointBody> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await JsonBodyReader.ReadAsync(request, WebhooksApiJson.Default.EndpointBody, cancellationToken);
        rules.CheckUrl(body.Url, "url");
        CheckRest(body.Events, body.Description);
        return body;
    }

    /// <exception cref="FaceSwapException">The change is refused.</exception>
    public async Task<EndpointPatch> ReadPatchAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var patch = await JsonBodyReader.ReadAsync(request, WebhooksApiJson.Default.EndpointPatch, cancellationToken);
        if (patch.Url is not null)
        {
            rules.CheckUrl(patch.Url, "url");
        }

        CheckRest(patch.Events, patch.Description);
        return patch;
    }

    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.EndpointIsConfigured"/>: only whether it is enabled can be changed here.</exception>
    public static WebhookEndpoint Apply(EndpointPatch patch, WebhookEndpoint endpoint)
    {
        if (endpoint.Kind != EndpointKind.Created && (patch.Url ?? patch.Description ?? (object?)patch.Events) is not null)
        {
            throw new FaceSwapException(ErrorCodes.EndpointIsConfigured, "Of this endpoint only 'enabled' can be changed here.");
        }

        return endpoint with
        {
            Url = patch.Url ?? endpoint.Url,
            Events = patch.Events ?? endpoint.Events,
            Description = patch.Description ?? endpoint.Description,
            Status = patch.Enabled switch
            {
                true => EndpointStatus.Enabled,
                false => EndpointStatus.Disabled,
                null => endpoint.Status,
            },
        };
    }

    private static void CheckRest(IReadOnlyList<string>? events, string? description)
    {
        WebhookRules.CheckEvents(events, "events");
        if (description?.Length > LongestDescription)
        {
            throw new FaceSwapException(ErrorCodes.InvalidRequest, "'description' must have at most 256 characters.");
        }
    }
}

/// <summary>A webhook endpoint to be created.</summary>
/// <param name="Url">The receiver's address.</param>
/// <param name="Events">The types it hears of; default: all but those of progress.</param>
/// <param name="Description">The caller's own words, at most 256 characters.</param>
public sealed record EndpointBody(string? Url = null, IReadOnlyList<string>? Events = null, string? Description = null);

/// <summary>A change of a webhook endpoint; what is absent stays as it is.</summary>
/// <param name="Url">Another address; deliveries under way go there too.</param>
/// <param name="Events">Another filter, for jobs that are accepted from now on.</param>
/// <param name="Description">Other words.</param>
/// <param name="Enabled">False stops all sending to it; true takes it up again, after a 410 too.</param>
public sealed record EndpointPatch(
    string? Url = null, IReadOnlyList<string>? Events = null, string? Description = null, bool? Enabled = null);
