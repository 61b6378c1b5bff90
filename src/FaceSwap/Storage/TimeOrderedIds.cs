using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FaceSwap.Storage;

/// <summary>Ids of one kind: sortable by time, safe in addresses, blob paths and instance ids.</summary>
/// <param name="prefix">What they begin with; 32 digits of hex follow, of which the first twelve are the milliseconds of a moment.</param>
internal sealed class TimeOrderedIds(string prefix)
{
    private const int HexLength = 32;
    private const int TimeDigits = 12;
    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdef");

    public string New(TimeProvider time) => $"{prefix}{Guid.CreateVersion7(time.GetUtcNow()):N}";

    /// <summary>The id that follows from a moment and a text: the same again from the same.</summary>
    public string Of(DateTimeOffset at, string text)
    {
        var time = at.ToUnixTimeMilliseconds().ToString("x12", CultureInfo.InvariantCulture);
        return $"{prefix}{time}{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..(HexLength - TimeDigits)]}";
    }

    /// <summary>The moment of an id, to the millisecond.</summary>
    /// <param name="id">A valid id.</param>
    public DateTimeOffset TimeOf(string id) =>
        DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(id.AsSpan(prefix.Length, TimeDigits), NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    /// <summary>Whether a text has the form of such an id.</summary>
    public bool IsValid(string id) =>
        id.Length == prefix.Length + HexLength
        && id.StartsWith(prefix, StringComparison.Ordinal)
        && !id.AsSpan(prefix.Length).ContainsAnyExcept(Hex);
}
