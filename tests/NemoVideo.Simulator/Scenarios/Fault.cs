namespace NemoVideo.Simulator.Scenarios;

/// <summary>
/// A fault at a call. Counted per session, or per account where the call has no session:
/// the first <see cref="Skip"/> calls pass, the next <see cref="Times"/> meet the fault.
/// </summary>
public sealed record Fault
{
    public required BackendCall Call { get; init; }

    public required FaultKind Kind { get; init; }

    /// <summary>How many calls meet the fault; 1 by default.</summary>
    public int Times { get; set; } = 1;

    /// <summary>How many calls pass first; 0 by default.</summary>
    public int Skip { get; set; }

    /// <summary>The HTTP status of a server error; 503 by default.</summary>
    public int Status { get; set; } = 503;

    /// <summary>Seconds in <c>Retry-After</c> of a 429; null leaves the header out.</summary>
    public int? RetryAfterSeconds { get; set; }
}
