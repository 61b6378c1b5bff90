using System.Net;
using FaceSwap.Webhooks.Endpoints;

namespace FaceSwap.Webhooks.Deliveries;

/// <summary>Makes the attempts of a delivery: to where its endpoint is now, signed with the secrets of now.</summary>
public sealed class DeliveryAttempts(DeliveryLog log, WebhookEndpoints endpoints, WebhookSecrets secrets, WebhookSender sender, TimeProvider time)
{
    /// <param name="key">The delivery.</param>
    /// <param name="run">Which run of it; an older one than the newest makes no attempt any more.</param>
    /// <param name="cancellationToken">The host's end.</param>
    public async Task<WebhookAttempt> MakeAsync(DeliveryKey key, int run, CancellationToken cancellationToken)
    {
        if (await log.FindAsync(key, cancellationToken) is not { } delivery || delivery.Run > run)
        {
            return new WebhookAttempt(WebhookAttemptVerdict.Superseded, time.GetUtcNow());
        }

        var endpoint = await endpoints.FindAsync(key.Owner, key.EndpointId, cancellationToken);
        if (endpoint is not { IsEnabled: true } || (delivery.Url ?? endpoint.Url) is not { } url)
        {
            return new WebhookAttempt(WebhookAttemptVerdict.GivenUp, time.GetUtcNow(), Problem: AttemptProblem.EndpointDisabled);
        }

        var signing = secrets.Signing(key.Owner, endpoint);
        var attempt = await sender.SendAsync(delivery.Message.Id, url, delivery.Message.Body, signing, cancellationToken);
        if (attempt.Status == (int)HttpStatusCode.Gone && delivery.Url is null)
        {
            await endpoints.EndAsync(key.Owner, endpoint, cancellationToken);
        }

        return attempt;
    }
}
