using System.Text.Json.Serialization;

namespace FaceSwap.Webhooks;

/// <summary>Why an attempt got no answer.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<AttemptProblem>))]
public enum AttemptProblem
{
    /// <summary>The receiver did not answer in time.</summary>
    Timeout,

    /// <summary>No connection came about, or it broke.</summary>
    Unreachable,

    /// <summary>The address leads to a place that is not allowed.</summary>
    AddressRefused,

    /// <summary>The endpoint is disabled, or was deleted.</summary>
    EndpointDisabled,

    /// <summary>The app itself could not make the attempt.</summary>
    Internal,
}
