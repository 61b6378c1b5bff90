using System.Text.Json.Serialization;

namespace FaceSwap.Media;

/// <summary>What a media file is in a job.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MediaRole>))]
public enum MediaRole
{
    Video,
    Face,
    Audio,
    Result,
}

/// <summary>The roles of media, where all of them are meant.</summary>
public static class MediaRoles
{
    /// <summary>What a caller gives, in the order in which it goes up.</summary>
    public static IReadOnlyList<MediaRole> Given { get; } = [MediaRole.Video, MediaRole.Face, MediaRole.Audio];
}
