using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FaceSwap.Webhooks;

/// <summary>Signs and verifies webhooks by the Standard Webhooks specification: <c>v1,</c> and base64 HMAC-SHA256 over <c>id.timestamp.body</c>.</summary>
public static class WebhookSignature
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";
    public const string SecretPrefix = "whsec_";

    private const string Version = "v1,";

    /// <summary>How old or how far ahead a timestamp may be; a replayed message is older.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>The signature of a message, for the header of that name.</summary>
    /// <param name="secret">The endpoint's secret, with or without <c>whsec_</c>.</param>
    /// <param name="id">The message's id.</param>
    /// <param name="timestamp">When this attempt is made.</param>
    /// <param name="body">The body's bytes.</param>
    /// <exception cref="FormatException">The secret is no base64.</exception>
    public static string Sign(string secret, string id, DateTimeOffset timestamp, ReadOnlySpan<byte> body) =>
        Version + Convert.ToBase64String(Mac(secret, id, Seconds(timestamp), body));

    /// <summary>Verifies a received message: the signature, in constant time, and the age of the timestamp.</summary>
    /// <param name="secret">The endpoint's secret, with or without <c>whsec_</c>.</param>
    /// <param name="id">The header <c>webhook-id</c>.</param>
    /// <param name="timestamp">The header <c>webhook-timestamp</c>, in seconds since 1970.</param>
    /// <param name="signatures">The header <c>webhook-signature</c>: one or more signatures, separated by spaces.</param>
    /// <param name="body">The body's bytes exactly as they arrived.</param>
    /// <param name="now">The receiver's time.</param>
    public static WebhookVerdict Verify(
        string secret, string? id, string? timestamp, string? signatures, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(id) || string.IsNullOrEmpty(timestamp) || string.IsNullOrEmpty(signatures))
        {
            return WebhookVerdict.MissingHeader;
        }

        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return WebhookVerdict.BadTimestamp;
        }

        if (!Matches(signatures, Mac(secret, id, timestamp, body)))
        {
            return WebhookVerdict.WrongSignature;
        }

        var age = now.ToUnixTimeSeconds() - seconds;
        return Math.Abs(age) <= Tolerance.TotalSeconds ? WebhookVerdict.Valid : WebhookVerdict.BadTimestamp;
    }

    public static string Seconds(DateTimeOffset time) => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static bool Matches(string signatures, byte[] expected)
    {
        var found = false;
        foreach (var signature in signatures.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var given = new byte[expected.Length];
            found |= signature.StartsWith(Version, StringComparison.Ordinal)
                && Convert.TryFromBase64String(signature[Version.Length..], given, out var written)
                && CryptographicOperations.FixedTimeEquals(given.AsSpan(0, written), expected);
        }

        return found;
    }

    private static byte[] Mac(string secret, string id, string seconds, ReadOnlySpan<byte> body)
    {
        var key = Convert.FromBase64String(secret.StartsWith(SecretPrefix, StringComparison.Ordinal) ? secret[SecretPrefix.Length..] : secret);
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        mac.AppendData(Encoding.UTF8.GetBytes($"{id}.{seconds}."));
        mac.AppendData(body);
        return mac.GetHashAndReset();
    }
}

/// <summary>What a receiver knows about a message after verifying it. Only a valid one may be believed.</summary>
public enum WebhookVerdict
{
    Valid,

    /// <summary>One of the three headers is missing.</summary>
    MissingHeader,

    /// <summary>The timestamp is none, or more than five minutes away: perhaps a replay.</summary>
    BadTimestamp,

    /// <summary>No signature matches: another secret, or an altered message.</summary>
    WrongSignature,
}
