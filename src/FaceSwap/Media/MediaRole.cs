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
