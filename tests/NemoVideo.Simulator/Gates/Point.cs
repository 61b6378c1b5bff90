using System.Text.Json.Serialization;

namespace NemoVideo.Simulator.Gates;

/// <summary>The named points at which a scenario can hold the simulator.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Point>))]
public enum Point
{
    /// <summary>An anonymous token was asked for and not yet issued.</summary>
    [JsonStringEnumMemberName("token.requested")]
    TokenRequested,

    /// <summary>A session was asked for and not yet created.</summary>
    [JsonStringEnumMemberName("session.requested")]
    SessionRequested,

    /// <summary>A session was created and not yet answered.</summary>
    [JsonStringEnumMemberName("session.created")]
    SessionCreated,

    /// <summary>The bytes of an upload are in; the session does not know them yet.</summary>
    [JsonStringEnumMemberName("upload.received")]
    UploadReceived,

    /// <summary>The session knows the uploaded files; the answer is not yet sent.</summary>
    [JsonStringEnumMemberName("upload.applied")]
    UploadApplied,

    /// <summary>A message is in the ledger; nothing is reserved and no byte is answered.</summary>
    [JsonStringEnumMemberName("message.received")]
    MessageReceived,

    /// <summary>Credits are frozen; no event is sent.</summary>
    [JsonStringEnumMemberName("message.started")]
    MessageStarted,

    /// <summary>The opening events are sent; the generation has not begun.</summary>
    [JsonStringEnumMemberName("message.streaming")]
    MessageStreaming,

    /// <summary>The first stage changed the timeline and was charged.</summary>
    [JsonStringEnumMemberName("message.executed")]
    MessageExecuted,

    /// <summary>Every event is sent; the stream is still open.</summary>
    [JsonStringEnumMemberName("message.before_end")]
    MessageBeforeEnd,

    /// <summary>The state was asked for and not yet read.</summary>
    [JsonStringEnumMemberName("state.read")]
    StateRead,

    /// <summary>The credits were asked for and not yet read.</summary>
    [JsonStringEnumMemberName("credits.read")]
    CreditsRead,

    /// <summary>A render was asked for and is not yet in the ledger.</summary>
    [JsonStringEnumMemberName("render.requested")]
    RenderRequested,

    /// <summary>A render is in the ledger; the answer is not yet sent.</summary>
    [JsonStringEnumMemberName("render.submitted")]
    RenderSubmitted,

    /// <summary>A render's status was asked for and not yet answered.</summary>
    [JsonStringEnumMemberName("render.poll")]
    RenderPoll,

    /// <summary>A result was asked for; no byte is sent.</summary>
    [JsonStringEnumMemberName("result.requested")]
    ResultRequested,

    /// <summary>Half of a result is sent.</summary>
    [JsonStringEnumMemberName("result.half")]
    ResultHalf,
}
