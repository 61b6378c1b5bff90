namespace FaceSwap.LocalHost.Durable.Pump;

/// <summary>How the engine runs.</summary>
internal sealed record TaskHubOptions
{
    /// <summary>The SQLite file that holds all durable state.</summary>
    public required string StateFile { get; init; }

    /// <summary>Activities that run at the same time; default 120, as the app's <c>host.json</c> has it.</summary>
    public int MaxConcurrentActivities { get; init; } = 120;

    /// <summary>Waiting orchestrations kept in memory; the others are replayed when something reaches them. Default 1000.</summary>
    public int CachedExecutions { get; init; } = 1000;

    /// <summary>How long the state file stays with a host that does not renew; default 30 seconds.</summary>
    public TimeSpan LeaseLength { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long another program may keep the file locked before that is an error; default 10 seconds.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many pages of 4 KB the state file may have; default as many as the disk takes.</summary>
    public long? MaxPages { get; init; }

    /// <summary>How long an activity may run before it is failed; default without limit.</summary>
    public TimeSpan ActivityTimeout { get; init; } = Timeout.InfiniteTimeSpan;
}
