using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace FaceSwap.NemoVideo.Tokens;

/// <summary>A bearer token. It prints as its account, never as its value.</summary>
public sealed class NemoToken(string value, string account, DateTimeOffset? expiresAt, string? bindId = null)
{
    /// <summary>Names the credits this token spends, without telling the token: safe to store and to log.</summary>
    public string Account { get; } = account;

    /// <summary>When an anonymous token ends; a configured one does not say.</summary>
    public DateTimeOffset? ExpiresAt { get; } = expiresAt;

    /// <summary>The anonymous user's id, by which a registration takes over its credits; null for a configured token.</summary>
    public string? BindId { get; } = bindId;

    /// <summary>Tells this token from another of the same account, without telling the token: safe to store and to log.</summary>
    public string Fingerprint { get; } = FingerprintOf("token", value);

    internal string Value { get; } = value;

    public AuthenticationHeaderValue ToHeader() => new("Bearer", Value);

    public override string ToString() => Account;

    internal static string FingerprintOf(string kind, string text) =>
        $"{kind}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8))}";
}
