using System.ComponentModel.DataAnnotations;
using System.Net;
using FaceSwap.LocalHost.Durable.Pump;

namespace FaceSwap.LocalHost.Hosting;

/// <summary>Settings of the local host, in the section <c>LocalHost</c>.</summary>
internal sealed class LocalHostOptions
{
    public const string Section = "LocalHost";

    /// <summary>The port to listen on; 0 takes a free one. Default 7071, as the Functions host.</summary>
    [Range(IPEndPoint.MinPort, IPEndPoint.MaxPort)]
    public int Port { get; set; } = 7071;

    /// <summary>The address to listen on; default loopback, so that nothing outside the machine reaches the host.</summary>
    [Required]
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>The SQLite file of all durable state; default <c>.local/state.db</c> in the working folder.</summary>
    [Required]
    public string StateFile { get; set; } = Path.Combine(".local", "state.db");

    /// <summary>Admits to functions of level Function; generated beside the state file when not set.</summary>
    [MinLength(16)]
    public string? FunctionKey { get; set; }

    /// <summary>Admits to every function; generated beside the state file when not set.</summary>
    [MinLength(16)]
    public string? MasterKey { get; set; }

    /// <summary>Activities that run at the same time; 0, the default, means 120, as <c>host.json</c> has it.</summary>
    [Range(0, 10_000)]
    public int MaxConcurrentActivities { get; set; }

    /// <summary>Waiting orchestrations kept in memory; the others are replayed when something reaches them. Default 1000.</summary>
    [Range(0, 1_000_000)]
    public int CachedExecutions { get; set; } = 1000;

    /// <summary>How long the state file stays with a host that froze; default 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Where generated keys are kept.</summary>
    public string KeyFilePath => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(StateFile))!, "host-keys.json");

    public TaskHubOptions ToTaskHubOptions(HostJson hostJson)
    {
        TaskHubOptions options = new()
        {
            StateFile = StateFile,
            CachedExecutions = CachedExecutions,
            LeaseLength = Lease,
            ActivityTimeout = hostJson.FunctionTimeout,
        };
        return MaxConcurrentActivities > 0 ? options with { MaxConcurrentActivities = MaxConcurrentActivities } : options;
    }
}
