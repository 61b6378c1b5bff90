using FaceSwap.Webhooks;
using FaceSwap.Webhooks.Endpoints;

namespace FaceSwap.Functions.Http.Webhooks;

/// <summary>The secrets that sign an endpoint's webhooks.</summary>
/// <param name="Key">The one that verifies what is sent from now on.</param>
/// <param name="FormerSignUntil">When the former ones, which sign beside it, stop, latest first; absent: none does.</param>
public sealed record SecretBody(string Key, IReadOnlyList<DateTimeOffset>? FormerSignUntil)
{
    internal static SecretBody Of(WebhookSecrets secrets, string owner, WebhookEndpoint endpoint)
    {
        DateTimeOffset[] former = [.. secrets.Retired(endpoint).Select(retired => retired.SignsUntil)];
        return new SecretBody(secrets.Current(owner, endpoint), former.Length == 0 ? null : former);
    }
}
