using System.Globalization;
using System.Security.Cryptography;

namespace NemoVideo.Simulator;

/// <summary>Makes the ids the backend hands out.</summary>
internal static class Identifiers
{
    /// <summary>A session id: nineteen digits, more than a double can hold exactly.</summary>
    public static string Session() => string.Create(CultureInfo.InvariantCulture, $"5{RandomDigits()}");

    /// <summary>An id of any other kind, such as <c>task_3f…</c>.</summary>
    public static string New(string prefix) => $"{prefix}_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12))}";

    private static string RandomDigits() => RandomNumberGenerator.GetString("0123456789", 18);
}
