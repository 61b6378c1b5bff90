using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace FaceSwap.Webhooks.Deliveries;

/// <summary>Which delivery: one message to one endpoint.</summary>
/// <param name="Owner">The caller whose endpoint it is.</param>
/// <param name="EndpointId">The endpoint.</param>
/// <param name="Id">The delivery's id within the endpoint; later ones sort before earlier ones.</param>
public sealed partial record DeliveryKey(string Owner, string EndpointId, string Id)
{
    /// <summary>The delivery of a message to a target: always the same, so that no step that runs again makes a second one.</summary>
    public static DeliveryKey Of(WebhookTarget target, WebhookMessage message)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{message.Id}\n{target.Owner}\n{target.EndpointId}"));
        return new DeliveryKey(target.Owner, target.EndpointId, $"dlv_{Descending(message.At):x16}_{Convert.ToHexStringLower(hash.AsSpan(0, 8))}");
    }

    /// <summary>Whether a text has the form of an id; anything else names no delivery.</summary>
    public static bool IsValid(string id) => Form().IsMatch(id);

    /// <summary>Whether a delivery's message is of this moment or later.</summary>
    /// <param name="id">A valid id.</param>
    /// <param name="since">The moment.</param>
    public static bool IsSince(string id, DateTimeOffset since) =>
        long.Parse(id.AsSpan(4, 16), NumberStyles.HexNumber) <= Descending(since);

    /// <summary>The instance that delivers it.</summary>
    /// <param name="run">1 for the first delivery, one more for each redelivery.</param>
    public string InstanceId(int run) => InstanceIdOf(Id, run);

    /// <inheritdoc cref="InstanceId"/>
    internal static string InstanceIdOf(string id, int run) => run == 1 ? $"webhook-{id}" : $"webhook-{id}-{run}";

    private static long Descending(DateTimeOffset at) => long.MaxValue - at.UtcTicks;

    [GeneratedRegex(@"^dlv_[0-7][0-9a-f]{15}_[0-9a-f]{16}\z")]
    private static partial Regex Form();
}
