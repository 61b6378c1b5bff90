using System.Text.Json.Serialization;

namespace NemoVideo.Simulator.Scenarios;

/// <summary>How an invalid token is answered.</summary>
[JsonConverter(typeof(SnakeCaseEnum<InvalidToken>))]
public enum InvalidToken
{
    /// <summary>Code 1001.</summary>
    [JsonStringEnumMemberName("1001")]
    Code1001,

    /// <summary>Code 1010, as the newer gateway does.</summary>
    [JsonStringEnumMemberName("1010")]
    Code1010,

    /// <summary>Code 1011, as the newer gateway does.</summary>
    [JsonStringEnumMemberName("1011")]
    Code1011,

    /// <summary>HTTP 401 without a code.</summary>
    [JsonStringEnumMemberName("401")]
    Unauthorized,
}
