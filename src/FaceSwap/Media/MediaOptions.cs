using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace FaceSwap.Media;

/// <summary>Limits on the media of a job. Section <c>Media</c>.</summary>
public sealed class MediaOptions
{
    public const string Section = "Media";

    /// <summary>The largest media file in bytes; default and backend's limit: 500 MB. A larger one is refused with <c>media_too_large</c>.</summary>
    [Range(1L, 500_000_000L)]
    public long MaxBytes { get; set; } = 500_000_000;

    /// <summary>The container in which callers keep files that they name as <c>blob:NAME</c>; default <c>batch-media</c>.</summary>
    [Required, StringLength(63, MinimumLength = 3), RegularExpression("^[a-z0-9](?:-?[a-z0-9])+$")]
    public string LibraryContainer { get; set; } = "batch-media";

    /// <summary>How long fetching one address may take in all; default 4 minutes, below the time after which the platform hands an activity to another worker.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:30:00")]
    public TimeSpan FetchTimeout { get; set; } = TimeSpan.FromMinutes(4);
}

[OptionsValidator]
internal sealed partial class MediaOptionsValidator : IValidateOptions<MediaOptions>;
