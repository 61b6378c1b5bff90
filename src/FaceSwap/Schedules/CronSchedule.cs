using System.Buffers;
using FaceSwap.Errors;
using NCrontab;

namespace FaceSwap.Schedules;

/// <summary>The wall times at which an NCRONTAB expression is due, on a clock that never turns.</summary>
/// <remarks>
/// NCrontab reads more than is meant: <c>22-2</c> as <c>2-22</c>, <c>*/90</c> as <c>0</c>, <c>J</c> as January. So the text
/// passes the rules of <see cref="CronField"/> first, and whatever passes them NCrontab reads as it stands.
/// </remarks>
internal sealed class CronSchedule
{
    private const int MaxLength = 200;

    private const string WhatToWrite =
        "write five fields (minute, hour, day of month, month, day of week), such as '30 6 * * 1-5', or six with seconds first.";

    private static readonly SearchValues<char> Known =
        SearchValues.Create(" *,-/?#0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    private static readonly SearchValues<char> Recurring = SearchValues.Create("*/-");

    private readonly CrontabSchedule _schedule;

    private CronSchedule(CrontabSchedule schedule, bool recurs)
    {
        _schedule = schedule;
        Recurs = recurs;
    }

    /// <summary>Whether the expression recurs within a day or an hour, by <c>*</c>, <c>/</c> or a range in its seconds, minutes or hours.</summary>
    public bool Recurs { get; }

    /// <param name="cron">Five fields, or six with seconds first.</param>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.InvalidRequest"/>.</exception>
    public static CronSchedule Parse(string? cron)
    {
        if (string.IsNullOrWhiteSpace(cron))
        {
            throw Refusal($"'cron' is missing: {WhatToWrite}");
        }

        if (cron.Length > MaxLength)
        {
            throw Refusal($"'cron' has more than {MaxLength} characters: {WhatToWrite}");
        }

        if (cron.AsSpan().ContainsAnyExcept(Known))
        {
            throw Refusal($"'cron' has a character that no schedule has: {WhatToWrite}");
        }

        var texts = cron.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var fields = texts.Length switch
        {
            5 => CronField.All[1..],
            6 => CronField.All,
            _ => throw Refusal($"'cron' has neither five nor six fields, but {texts.Length}: {WhatToWrite}"),
        };
        foreach (var (field, text) in fields.Zip(texts))
        {
            if (field.ProblemOf(text) is { } problem)
            {
                throw Refusal($"'cron' {problem}");
            }
        }

        if (!HasADay(texts[^3], texts[^2]))
        {
            throw Refusal($"'cron' has '{texts[^3]}' as its day of month, which no month of '{texts[^2]}' has: write a day that one of them has.");
        }

        return new CronSchedule(
            CrontabSchedule.Parse(cron, new CrontabSchedule.ParseOptions { IncludingSeconds = texts.Length == 6 }),
            texts[..^3].Any(text => text.AsSpan().ContainsAny(Recurring)));
    }

    /// <summary>The first wall time after another at which the expression is due; null where that is not before an end.</summary>
    public DateTime? NextAfter(DateTime wall, DateTime end) => _schedule.GetNextOccurrence(wall, end) is var next && next < end ? next : null;

    // The days of week need no look: in 400 years each day of the year falls on each of them, the 29th of February too.
    private static bool HasADay(string days, string months)
    {
        const int LeapYear = 2028;
        var (earliest, field) = (CrontabField.Days(days).GetFirst(), CrontabField.Months(months));
        return Enumerable.Range(1, 12).Any(month => field.Contains(month) && earliest <= DateTime.DaysInMonth(LeapYear, month));
    }

    private static FaceSwapException Refusal(string detail) => new(ErrorCodes.InvalidRequest, detail);
}
