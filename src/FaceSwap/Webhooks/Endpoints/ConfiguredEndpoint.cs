namespace FaceSwap.Webhooks.Endpoints;

/// <summary>A default endpoint in the configuration: it hears of every caller's jobs.</summary>
public sealed class ConfiguredEndpoint
{
    /// <summary>The receiver's address.</summary>
    public string Url { get; set; } = "";

    /// <summary>The types it hears of; default: all but <c>job.progress</c>.</summary>
    public IList<string>? Events { get; set; }
}
