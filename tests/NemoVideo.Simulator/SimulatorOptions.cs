using System.ComponentModel.DataAnnotations;
using NemoVideo.Simulator.Scenarios;

namespace NemoVideo.Simulator;

/// <summary>What the command line may set, as <c>--name value</c>.</summary>
internal sealed class SimulatorOptions
{
    /// <summary>Folder of the ledger and the media; made if missing. Required.</summary>
    [Required]
    public string Data { get; set; } = "";

    /// <summary>Whether results are composited with ffmpeg; true by default. Without ffmpeg, or with false, the clip comes back.</summary>
    public bool Composite { get; set; } = true;

    public Profile Profile { get; set; } = Profile.Fast;

    /// <summary>Milliseconds per phase, over the profile's: <c>--timings:generation 500</c>.</summary>
    public Dictionary<Phase, int> Timings { get; set; } = [];

    /// <summary>Credits of a new anonymous account; 100 by default.</summary>
    [Range(0, 1_000_000_000)]
    public int AnonymousCredits { get; set; } = 100;

    /// <summary>What a message takes; 100 by default.</summary>
    [Range(0, 1_000_000)]
    public int MessageCost { get; set; } = 100;

    /// <summary>How long an anonymous token is valid; 7 days by default. A further one for the client id answers 429 until then.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "365.00:00:00")]
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Client ids that one address may bring (all callers are on this machine); further ones answer 429. 0 (default): no limit.</summary>
    [Range(0, 1_000_000)]
    public int ClientsPerAddress { get; set; }

    /// <summary>Largest file in bytes; 500 MB by default. A larger one answers 4002.</summary>
    [Range(1, long.MaxValue)]
    public long MaxUploadBytes { get; set; } = 500L * 1024 * 1024;
}
