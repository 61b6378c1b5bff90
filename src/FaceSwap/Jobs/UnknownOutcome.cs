using System.Text.Json.Serialization;

namespace FaceSwap.Jobs;

/// <summary>What a job does when, after all waiting, it cannot be told whether its paid message ran.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<UnknownOutcome>))]
public enum UnknownOutcome
{
    /// <summary>It ends as <c>ambiguous_outcome</c>: nothing is charged twice.</summary>
    [JsonStringEnumMemberName("stop")]
    Stop,

    /// <summary>It sends the message once more: the edit may be charged twice.</summary>
    [JsonStringEnumMemberName("resend")]
    Resend,
}
