using FaceSwap.Keys;

namespace FaceSwap.Webhooks.Endpoints;

/// <summary>The signing secrets of webhook endpoints: derived from the master key, stored nowhere.</summary>
public sealed class WebhookSecrets(MasterKey master, TimeProvider time)
{
    /// <summary>The secret that an endpoint signs with now, in the form receivers expect: <c>whsec_</c> and base64.</summary>
    public string Current(string owner, WebhookEndpoint endpoint) => For(owner, endpoint.Id, endpoint.Rotation);

    /// <summary>Every secret that signs now: the current one, then those that were rotated away lately.</summary>
    public IReadOnlyList<string> Signing(string owner, WebhookEndpoint endpoint) =>
        [Current(owner, endpoint), .. Retired(endpoint).Select(retired => For(owner, endpoint.Id, retired.Rotation))];

    /// <summary>The rotated secrets that still sign, newest first.</summary>
    public IEnumerable<RetiredSecret> Retired(WebhookEndpoint endpoint) =>
        endpoint.Retired.Where(retired => retired.SignsUntil > time.GetUtcNow()).OrderByDescending(retired => retired.Rotation);

    // The owner is part of it: two callers' endpoints may share a name, and one must not be able to sign for the other.
    internal string For(string owner, string endpointId, int rotation) =>
        WebhookSignature.SecretPrefix + Convert.ToBase64String(master.Derive($"webhook:{owner}/{endpointId}:{rotation}"));
}
