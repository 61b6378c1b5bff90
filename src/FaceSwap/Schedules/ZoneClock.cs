using System.Text.RegularExpressions;
using FaceSwap.Errors;

namespace FaceSwap.Schedules;

/// <summary>The clock on the wall of a time zone, which goes forward and back now and then.</summary>
/// <remarks>
/// It is asked by instants only: where winter time is the exception, as in Dublin and Casablanca, .NET does not see that
/// wall times are repeated.
/// </remarks>
internal sealed partial class ZoneClock
{
    private const int MaxIdLength = 200;
    private const string WhatToWrite = "write the id of an IANA time zone, such as 'Europe/Berlin' or 'UTC'.";

    // No clock is further from UTC or turns by more, and since 1970 none has turned twice within two days.
    private static readonly TimeSpan Reach = TimeSpan.FromDays(1);

    private readonly TimeZoneInfo _zone;

    private ZoneClock(TimeZoneInfo zone) => _zone = zone;

    /// <param name="id">The id of an IANA time zone.</param>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.InvalidRequest"/>.</exception>
    public static ZoneClock Of(string? id)
    {
        if (string.IsNullOrWhiteSpace(id))
        {
            throw Refusal($"'timeZone' is missing: {WhatToWrite}");
        }

        if (id.Length > MaxIdLength)
        {
            throw Refusal($"'timeZone' has more than {MaxIdLength} characters: {WhatToWrite}");
        }

        // Systems find files and Windows' own names too, each its own; the form leaves those out.
        if (!IanaForm().IsMatch(id))
        {
            throw Refusal($"'timeZone' is no id of an IANA time zone, but perhaps an offset or a name from Windows: {WhatToWrite}");
        }

        return TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone)
            ? new ZoneClock(zone)
            : throw Refusal($"'timeZone' is '{id}', which is not known: {WhatToWrite}");
    }

    /// <summary>What the clock shows at an instant.</summary>
    public DateTime WallAt(DateTimeOffset instant) => instant.ToOffset(OffsetAt(instant)).DateTime;

    /// <summary>The first instant at which the clock shows a wall time or, where it skips that, a later one.</summary>
    public DateTimeOffset FirstInstantOf(DateTime wall)
    {
        var sameInUtc = new DateTimeOffset(wall, TimeSpan.Zero);
        return TurnAround(sameInUtc) is { } turn ? turn.FirstInstantOf(wall) : sameInUtc - OffsetAt(sameInUtc);
    }

    /// <summary>The turn back by which the clock shows twice what it shows at an instant; null where it shows that once.</summary>
    public ClockTurn? RepeatAt(DateTimeOffset instant) =>
        TurnAround(instant) is { } turn && WallAt(instant) is var wall && wall >= turn.WallAfter && wall < turn.WallBefore ? turn : null;

    private ClockTurn? TurnAround(DateTimeOffset instant)
    {
        var (before, from) = (instant - Reach, instant + Reach);
        var (offsetBefore, offsetFrom) = (OffsetAt(before), OffsetAt(from));
        if (offsetBefore == offsetFrom)
        {
            return null;
        }

        while (from - before > TimeSpan.FromSeconds(1))
        {
            var middle = before.AddSeconds(Math.Floor((from - before).TotalSeconds / 2));
            (before, from) = OffsetAt(middle) == offsetBefore ? (middle, from) : (before, middle);
        }

        return new ClockTurn(from, offsetBefore, offsetFrom);
    }

    private TimeSpan OffsetAt(DateTimeOffset instant) => _zone.GetUtcOffset(instant);

    private static FaceSwapException Refusal(string detail) => new(ErrorCodes.InvalidRequest, detail);

    [GeneratedRegex(@"^(?!UTC[+-])[A-Z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex IanaForm();
}

/// <summary>An instant at which a clock goes forward or back.</summary>
/// <param name="At">The first instant of the new offset.</param>
/// <param name="Before">The offset from UTC before it.</param>
/// <param name="After">The offset from UTC from it on.</param>
internal readonly record struct ClockTurn(DateTimeOffset At, TimeSpan Before, TimeSpan After)
{
    /// <summary>What the clock would show at the turn if it did not turn.</summary>
    public DateTime WallBefore => At.DateTime + Before;

    /// <summary>What the clock shows at the turn.</summary>
    public DateTime WallAfter => At.DateTime + After;

    /// <summary>The instant at which the clock, having turned back, shows a wall time again.</summary>
    public DateTimeOffset AgainAt(DateTime wall) => new(wall - After, TimeSpan.Zero);

    /// <summary>The first instant at which the clock shows a wall time, or the turn where it skips that.</summary>
    public DateTimeOffset FirstInstantOf(DateTime wall) =>
        wall < WallBefore ? new DateTimeOffset(wall - Before, TimeSpan.Zero)
        : wall < WallAfter ? At
        : AgainAt(wall);
}
