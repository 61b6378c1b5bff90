using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FaceSwap.Batches;

/// <summary>Ids of batches: sortable by time, safe in addresses, blob paths and instance ids.</summary>
public static class BatchIds
{
    private const string Prefix = "batch_";
    private const int HexLength = 32;
    private const int TimeDigits = 12;
    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdef");

    public static string New(TimeProvider time) => $"{Prefix}{Guid.CreateVersion7(time.GetUtcNow()):N}";

    /// <summary>Whether a text has the form of a batch's id; anything else names no batch.</summary>
    public static bool IsValid(string id) =>
        id.Length == Prefix.Length + HexLength
        && id.StartsWith(Prefix, StringComparison.Ordinal)
        && !id.AsSpan(Prefix.Length).ContainsAnyExcept(Hex);

    /// <summary>The id of the job that an item is. It follows from batch and number, so that nothing can make two jobs of one item.</summary>
    /// <param name="batchId">A valid id.</param>
    /// <param name="number">Which item, from 1.</param>
    /// <param name="attempt">Which job of the item this is, from 1: one that could not pay is made up for by another.</param>
    public static string JobOf(string batchId, int number, int attempt = 1)
    {
        var again = attempt == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $":{attempt}");
        var name = string.Create(CultureInfo.InvariantCulture, $"{batchId}:{number}{again}");
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(name));
        return $"job_{batchId.AsSpan(Prefix.Length, TimeDigits)}{Convert.ToHexStringLower(hash)[..(HexLength - TimeDigits)]}";
    }

    /// <summary>The id of the batch that a file of items is: of one version of a file there can be one batch only.</summary>
    /// <param name="name">The file.</param>
    /// <param name="version">Which version of it.</param>
    /// <param name="at">When that version was written.</param>
    public static string OfManifest(string name, string version, DateTimeOffset at)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{name}\n{version}"));
        var time = at.ToUnixTimeMilliseconds().ToString("x12", CultureInfo.InvariantCulture);
        return $"{Prefix}{time}{Convert.ToHexStringLower(hash)[..(HexLength - TimeDigits)]}";
    }

    /// <summary>When a batch's id was made, to the millisecond.</summary>
    /// <param name="id">A valid id.</param>
    public static DateTimeOffset TimeOf(string id) =>
        DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(id.AsSpan(Prefix.Length, TimeDigits), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
}
