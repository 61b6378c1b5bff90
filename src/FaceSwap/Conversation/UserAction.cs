using System.Text.Json.Serialization;

namespace FaceSwap.Conversation;

/// <summary>What a user's message asks for. Source: backend contract, Words of a user.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<UserAction>))]
public enum UserAction
{
    /// <summary>An edit: the only action that goes to the agent, and the only one that costs.</summary>
    [JsonStringEnumMemberName("message")]
    Message,

    /// <summary>The finished video.</summary>
    [JsonStringEnumMemberName("export")]
    Export,

    /// <summary>The account's credits.</summary>
    [JsonStringEnumMemberName("credits")]
    Credits,

    /// <summary>What the timeline holds.</summary>
    [JsonStringEnumMemberName("state")]
    State,

    /// <summary>Bringing in another file.</summary>
    [JsonStringEnumMemberName("upload")]
    Upload,
}
