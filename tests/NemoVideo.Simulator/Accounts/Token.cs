namespace NemoVideo.Simulator.Accounts;

/// <summary>A bearer token and the account it stands for.</summary>
public sealed record Token
{
    public required string Value { get; init; }

    public required string UserId { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>Null: never expires.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>True once a scenario made the token invalid before its time.</summary>
    public bool Ended { get; init; }

    public bool IsValidAt(DateTimeOffset now) => !Ended && !(ExpiresAt <= now);
}
