namespace NemoVideo.Simulator.Renders;

/// <summary>One render as the ledger knows it.</summary>
public sealed record Render
{
    public required string RenderId { get; init; }

    public required string SessionId { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>True when the draft that was sent equals the session's draft at that moment byte for byte.</summary>
    public required bool DraftExact { get; init; }

    /// <summary>True when a message of the session was still at work when the render was asked for.</summary>
    public required bool Premature { get; init; }

    public RenderStatus Status { get; init; }

    /// <summary>Why the render failed; null unless it did.</summary>
    public string? Error { get; init; }

    /// <summary>The name of the result in the simulator's media folder; null until it is completed.</summary>
    public string? StoredAs { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How often the status was asked for.</summary>
    public int Polls { get; init; }

    /// <summary>True once a poll was answered with a final status, or the render was cancelled by its caller.</summary>
    public bool SeenToItsEnd { get; init; }

    /// <summary>How often the result was sent to its last byte.</summary>
    public int Deliveries { get; init; }

    public bool IsFinal => Status is RenderStatus.Completed or RenderStatus.Failed or RenderStatus.Cancelled;
}
