using System.Buffers;
using System.Globalization;

namespace FaceSwap.Jobs;

/// <summary>Ids of jobs: sortable by time, safe in addresses, blob paths and instance ids.</summary>
public static class JobIds
{
    private const string Prefix = "job_";
    private const int HexLength = 32;
    private const int TimeDigits = 12;
    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdef");

    public static string New(TimeProvider time) => $"{Prefix}{Guid.CreateVersion7(time.GetUtcNow()):N}";

    /// <summary>When a job's id was made, to the millisecond.</summary>
    /// <param name="id">A valid id.</param>
    public static DateTimeOffset TimeOf(string id) =>
        DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(id.AsSpan(Prefix.Length, TimeDigits), NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    /// <summary>Whether a text has the form of a job's id; anything else names no job.</summary>
    public static bool IsValid(string id) =>
        id.Length == Prefix.Length + HexLength
        && id.StartsWith(Prefix, StringComparison.Ordinal)
        && !id.AsSpan(Prefix.Length).ContainsAnyExcept(Hex);
}
