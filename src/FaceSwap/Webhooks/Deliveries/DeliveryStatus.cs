using System.Text.Json.Serialization;

namespace FaceSwap.Webhooks.Deliveries;

/// <summary>What has become of a delivery.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<DeliveryStatus>))]
public enum DeliveryStatus
{
    /// <summary>It is under way.</summary>
    Pending,

    /// <summary>The receiver answered 2xx.</summary>
    Delivered,

    /// <summary>It was given up: the dead letters. It can be sent again.</summary>
    Failed,
}
