using System.Globalization;

namespace FaceSwap.Functions.Edge.Http;

/// <summary>The preference <c>Prefer: wait=N</c> of RFC 7240: a caller would rather wait some seconds than ask again.</summary>
internal static class WaitPreference
{
    private const int Longest = 60;

    /// <summary>How long the caller would wait, a minute at most; null: not at all. What cannot be read counts for nothing, as the RFC says.</summary>
    public static TimeSpan? Of(HttpRequest request)
    {
        foreach (var preference in request.Headers["Prefer"].SelectMany(header => (header ?? "").Split(',')))
        {
            if (preference.Split('=', 2, StringSplitOptions.TrimEntries) is [var name, var value]
                && name.Equals("wait", StringComparison.OrdinalIgnoreCase)
                && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                && seconds > 0)
            {
                return TimeSpan.FromSeconds(Math.Min(seconds, Longest));
            }
        }

        return null;
    }

    /// <summary>Tells in an answer which preference was applied.</summary>
    public static IResult Applied(this IResult answer, TimeSpan? wait) => wait is { } applied
        ? new HeaderedResult(answer, headers => headers["Preference-Applied"] = string.Create(CultureInfo.InvariantCulture, $"wait={applied.TotalSeconds:0}"))
        : answer;
}
