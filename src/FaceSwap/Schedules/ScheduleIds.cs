using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FaceSwap.Schedules;

/// <summary>Ids of schedules: sortable by time, safe in addresses and blob paths.</summary>
public static class ScheduleIds
{
    private const string Prefix = "sched_";
    private const int HexLength = 32;
    private const int TimeDigits = 12;
    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdef");

    public static string New(TimeProvider time) => $"{Prefix}{Guid.CreateVersion7(time.GetUtcNow()):N}";

    /// <summary>Whether a text has the form of a schedule's id; anything else names no schedule.</summary>
    public static bool IsValid(string id) =>
        id.Length == Prefix.Length + HexLength
        && id.StartsWith(Prefix, StringComparison.Ordinal)
        && !id.AsSpan(Prefix.Length).ContainsAnyExcept(Hex);

    /// <summary>The id of the batch that a run is. It follows from the schedule and the time at which the run was due, so that nothing can run twice.</summary>
    public static string BatchOf(string scheduleId, DateTimeOffset at)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{scheduleId}:{at.UtcTicks}"))));
        var time = at.ToUnixTimeMilliseconds().ToString("x12", CultureInfo.InvariantCulture);
        return $"batch_{time}{hash[..(HexLength - TimeDigits)]}";
    }
}
