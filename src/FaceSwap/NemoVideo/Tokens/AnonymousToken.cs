namespace FaceSwap.NemoVideo.Tokens;

/// <summary>The anonymous account that all instances of the app share, as it is kept, sealed, in the storage account.</summary>
/// <param name="ClientId">Names the account to the backend, which gives each client one token in seven days.</param>
/// <param name="Token">Its token; empty until there is one.</param>
/// <param name="UserId">The anonymous user's id.</param>
/// <param name="ExpiresAt">When the token ends.</param>
internal sealed record AnonymousToken(string ClientId, string Token, string UserId, DateTimeOffset ExpiresAt)
{
    /// <summary>Since when a token was asked for without any answer having come; null when none is awaited.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>Which instance of the app asked first.</summary>
    public string? AskedBy { get; init; }

    /// <summary>Since when the backend has refused a token in place of one that it takes no longer; null while it has not.</summary>
    public DateTimeOffset? RefusedAt { get; init; }

    /// <summary>When the client id last took the place of another one.</summary>
    public DateTimeOffset? ReplacedAt { get; init; }
}
