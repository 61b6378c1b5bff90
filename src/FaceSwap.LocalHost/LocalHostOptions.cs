using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Options;

namespace FaceSwap.LocalHost;

/// <summary>Settings of the host itself, from the command line (<c>--port</c>, <c>--app</c>) or the environment (<c>LocalHost__FunctionKey</c>).</summary>
internal sealed class LocalHostOptions
{
    public const string Section = "LocalHost";

    /// <summary>The loopback port that callers use; 0 takes a free one. Default: 7071, as the Functions host has it.</summary>
    [Range(IPEndPoint.MinPort, IPEndPoint.MaxPort)]
    public int Port { get; set; } = 7071;

    /// <summary>The folder of the published function app, with <c>worker.config.json</c> and <c>host.json</c>.</summary>
    [Required(ErrorMessage = "Name the folder of a published function app with --app.")]
    public string App { get; set; } = "";

    /// <summary>Admits to functions of level <c>Function</c>.</summary>
    [Required(ErrorMessage = "Set LocalHost__FunctionKey, the key that callers send as x-functions-key."), MinLength(16)]
    public string FunctionKey { get; set; } = "";

    /// <summary>Admits to admin routes and to functions of every level. Default: none, and admin routes answer 401.</summary>
    [MinLength(16)]
    public string? MasterKey { get; set; }

    /// <summary>How long a stopping host waits for requests under way. Default: 5 s; the platform waits up to 30 s.</summary>
    public TimeSpan ShutdownLimit { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>A folder for the histories of orchestrations that end, as the worker replays them; default: none is kept.</summary>
    public string? Histories { get; set; }

    /// <summary>How long the worker may take from its start until its functions are loaded. Default: 60 s.</summary>
    public TimeSpan WorkerStartLimit { get; set; } = TimeSpan.FromSeconds(60);
}

/// <summary>Reports every wrong setting at once.</summary>
[OptionsValidator]
internal sealed partial class LocalHostOptionsValidator : IValidateOptions<LocalHostOptions>;
