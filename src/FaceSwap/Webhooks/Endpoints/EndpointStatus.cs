using System.Text.Json.Serialization;

namespace FaceSwap.Webhooks.Endpoints;

/// <summary>Whether an endpoint is sent to.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<EndpointStatus>))]
public enum EndpointStatus
{
    Enabled,

    /// <summary>By its owner.</summary>
    Disabled,

    /// <summary>Because it answered 410.</summary>
    Gone,
}
