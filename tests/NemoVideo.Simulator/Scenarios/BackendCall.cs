using System.Text.Json.Serialization;

namespace NemoVideo.Simulator.Scenarios;

/// <summary>The backend's calls, as faults name them.</summary>
[JsonConverter(typeof(SnakeCaseEnum<BackendCall>))]
public enum BackendCall
{
    AnonymousToken,
    ClaimToken,
    SessionCreate,
    Upload,
    Message,
    State,
    Credits,
    RenderSubmit,
    RenderPoll,
    RenderCancel,
    RenderDownload,

    /// <summary>A file fetched from the address that the backend handed out.</summary>
    Media,
}
