namespace NemoVideo.Simulator.Control;

/// <summary>
/// Opens a registered account, or sets the credits of one that exists.
/// One of <see cref="Token"/> and <see cref="ClientId"/> names the account.
/// </summary>
public sealed record AccountRequest
{
    /// <summary>A configured token; an unknown one opens a registered account.</summary>
    public string? Token { get; init; }

    /// <summary>The client id of an anonymous account.</summary>
    public string? ClientId { get; init; }

    /// <summary>Total credits, those frozen by work in progress included.</summary>
    public required int Credits { get; init; }
}
