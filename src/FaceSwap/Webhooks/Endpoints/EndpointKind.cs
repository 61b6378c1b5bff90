using System.Text.Json.Serialization;

namespace FaceSwap.Webhooks.Endpoints;

/// <summary>Where an endpoint comes from.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<EndpointKind>))]
public enum EndpointKind
{
    /// <summary>Created through the API.</summary>
    Created,

    /// <summary>Named in the app's configuration: its address and filter are changed there.</summary>
    Configured,

    /// <summary>Stands for the receivers that jobs name: it has a secret and a delivery log, but no address.</summary>
    Jobs,
}
