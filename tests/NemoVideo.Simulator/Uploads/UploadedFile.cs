using NemoVideo.Simulator.Media;

namespace NemoVideo.Simulator.Uploads;

/// <summary>A file the backend took in.</summary>
public sealed record UploadedFile
{
    public required string Filename { get; init; }

    /// <summary><c>video</c>, <c>image</c> or <c>audio</c>.</summary>
    public required string FileType { get; init; }

    /// <summary>The name under which the file lies in the simulator's media folder.</summary>
    public required string StoredAs { get; init; }

    /// <summary>Size in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>SHA-256 in lower-case hexadecimal.</summary>
    public required string Hash { get; init; }

    /// <summary>Where an address upload was fetched from; null for a multipart upload.</summary>
    public string? FetchedFrom { get; init; }

    public required MediaFacts Facts { get; init; }
}
