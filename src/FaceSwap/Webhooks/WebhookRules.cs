using FaceSwap.Errors;
using FaceSwap.Network;

namespace FaceSwap.Webhooks;

/// <summary>What callers may say of a webhook, in a job and of an endpoint alike.</summary>
public sealed class WebhookRules(AddressGuard guard)
{
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.InvalidRequest"/> or <see cref="ErrorCodes.AddressRefused"/>.</exception>
    public void CheckUrl(string? url, string name)
    {
        if (string.IsNullOrWhiteSpace(url))
        {
            throw new FaceSwapException(ErrorCodes.InvalidRequest, $"'{name}' must be the receiver's address.");
        }

        guard.Parse(url);
    }

    /// <param name="events">The filter; null: none is given.</param>
    /// <param name="name">How the field is called.</param>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.InvalidRequest"/>.</exception>
    public static void CheckEvents(IReadOnlyList<string>? events, string name)
    {
        if (events is not null && (events.Count == 0 || events.Distinct().Count() < events.Count || !events.All(WebhookEventTypes.IsKnown)))
        {
            throw new FaceSwapException(
                ErrorCodes.InvalidRequest,
                $"'{name}' must name event types, each once: {string.Join(", ", WebhookEventTypes.Default)} or {WebhookEventTypes.JobProgress}.");
        }
    }
}
