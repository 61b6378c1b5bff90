using FaceSwap.Functions.Edge.Http;
using FaceSwap.Webhooks.Deliveries;

namespace FaceSwap.Functions.Webhooks;

/// <summary>Answers of the routes that start a delivery.</summary>
internal static class DeliveryAnswers
{
    /// <summary>202 with the delivery as it is recorded now, and where to follow it.</summary>
    public static async Task<IResult> AcceptedAsync(DeliveryLog log, DeliveryKey key, string apiBase, CancellationToken cancellationToken)
    {
        var view = DeliveryView.Of(await log.GetAsync(key, cancellationToken));
        var location = $"{apiBase}/webhook-endpoints/{key.EndpointId}/deliveries/{key.Id}";
        return new HeaderedResult(
            Results.Json(view, WebhooksApiJson.Default.DeliveryView, statusCode: StatusCodes.Status202Accepted),
            headers => headers.Location = location);
    }
}
