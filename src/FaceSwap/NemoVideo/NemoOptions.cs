using System.ComponentModel.DataAnnotations;
using FaceSwap.Network;
using Microsoft.Extensions.Options;

namespace FaceSwap.NemoVideo;

/// <summary>How the NemoVideo backend is reached. Section <c>Nemo</c>.</summary>
public sealed class NemoOptions
{
    public const string Section = "Nemo";

    /// <summary>The backend's address; default the production address.</summary>
    [Required, HttpAddress]
    public Uri BaseUrl { get; set; } = new("https://mega-api-prod.nemovideo.ai");

    /// <summary>A user's token (setting <c>Nemo:Token</c> or <c>NEMO_TOKEN</c>). Without one the app takes an anonymous token by itself.</summary>
    public string? Token { get; set; }

    /// <summary>The backend's site for people, for links to register and to open a project; without it such links are not given.</summary>
    [HttpAddress]
    public Uri? WebUrl { get; set; }

    /// <summary>Sent as <c>X-Skill-Source</c>; without the three attribution headers the backend refuses to export.</summary>
    [Required]
    public string SkillSource { get; set; } = "video-face-swap";

    /// <summary>Sent as <c>X-Skill-Version</c>.</summary>
    [Required]
    public string SkillVersion { get; set; } = "1.9";

    /// <summary>Sent as <c>X-Skill-Platform</c>.</summary>
    [Required]
    public string SkillPlatform { get; set; } = "unknown";

    /// <summary>How long one ordinary call may take; default 100 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>How long one upload may take; default 20 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:28:00")]
    public TimeSpan UploadTimeout { get; set; } = TimeSpan.FromMinutes(20);

    /// <summary>The wait after a rate limit that names none; default 30 s. A longer wait than two minutes is left to the job's own timer.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:02:00")]
    public TimeSpan RateLimitWait { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The wait before a call that reads is repeated after a failure, doubled each time; default 1 s, two repetitions.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:01:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);
}

[OptionsValidator]
internal sealed partial class NemoOptionsValidator : IValidateOptions<NemoOptions>;
