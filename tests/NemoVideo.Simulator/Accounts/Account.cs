namespace NemoVideo.Simulator.Accounts;

/// <summary>An account and its credits, in whole credits. Tokens of one account share them.</summary>
public sealed record Account
{
    public required string UserId { get; init; }

    public required AccountKind Kind { get; init; }

    /// <summary>The client id an anonymous account was opened for; null for a registered one.</summary>
    public string? ClientId { get; init; }

    public required int Total { get; init; }

    /// <summary>The part of <see cref="Total"/> reserved by work in progress.</summary>
    public int Frozen { get; init; }

    public int Available => Total - Frozen;
}
