using System.Collections.Immutable;
using System.Text.Json.Serialization;
using NemoVideo.Simulator.Media;
using NemoVideo.Simulator.State;
using NemoVideo.Simulator.Uploads;

namespace NemoVideo.Simulator.Sessions;

/// <summary>A conversation with the agent and the timeline it keeps.</summary>
public sealed record Session
{
    public required string SessionId { get; init; }

    public required string TaskId { get; init; }

    public required string UserId { get; init; }

    public required string TaskName { get; init; }

    public required string Language { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>True once the backend forgot the session: further calls answer 1002.</summary>
    public bool Ended { get; init; }

    /// <summary>The scenario bound to this session when it was created, if one was meant for the next sessions.</summary>
    public string? ScenarioId { get; init; }

    public ImmutableList<UploadedFile> Files { get; init; } = [];

    public ImmutableList<AppliedStage> Stages { get; init; } = [];

    [JsonIgnore]
    public UploadedFile? Clip => Files.LastOrDefault(file => file.FileType == MediaFormats.Video);

    [JsonIgnore]
    public UploadedFile? Face => Files.LastOrDefault(file => file.FileType == MediaFormats.Image);
}
