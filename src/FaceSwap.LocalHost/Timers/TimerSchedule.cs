using System.Text.RegularExpressions;
using FaceSwap.LocalHost.Functions;
using NCrontab;

namespace FaceSwap.LocalHost.Timers;

/// <summary>When a timer function is due, in UTC: an NCRONTAB expression of six fields, seconds first, or of five.</summary>
internal sealed partial class TimerSchedule
{
    private const int FieldsWithoutSeconds = 5;
    private readonly CrontabSchedule schedule;

    private TimerSchedule(CrontabSchedule schedule, bool hasSeconds)
    {
        this.schedule = schedule;
        OccursWithinMinutes = hasSeconds && schedule.ToString().Split(' ').Skip(1).All(field => field == "*")
            && schedule.GetNextOccurrences(DateTime.UnixEpoch.AddTicks(-1), DateTime.UnixEpoch.AddMinutes(1)).Skip(1).Any();
    }

    /// <summary>Whether it is due more than once a minute. The platform keeps no status for such a timer and does not make up for missed runs.</summary>
    public bool OccursWithinMinutes { get; }

    /// <param name="function">A timer function. Its schedule may name settings as <c>%NAME%</c>.</param>
    /// <exception cref="StartupException">A setting is missing, or the expression is invalid.</exception>
    public static TimerSchedule Of(AppFunction function, IConfiguration configuration)
    {
        var text = Setting().Replace(function.TriggerText("schedule") ?? "", match => Resolve(function, match.Groups["name"].Value, configuration));
        var hasSeconds = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length != FieldsWithoutSeconds;
        return CrontabSchedule.TryParse(text, new CrontabSchedule.ParseOptions { IncludingSeconds = hasSeconds }) is { } schedule
            ? new TimerSchedule(schedule, hasSeconds)
            : throw new StartupException($"The schedule '{text}' of the timer function {function.Name} is invalid. Use six fields, seconds first, or five fields without seconds.");
    }

    public DateTime NextAfter(DateTime moment) => DateTime.SpecifyKind(schedule.GetNextOccurrence(moment), DateTimeKind.Utc);

    private static string Resolve(AppFunction function, string name, IConfiguration configuration) => configuration[name.Replace("__", ":", StringComparison.Ordinal)]
        ?? throw new StartupException($"The setting {name} is missing. The schedule of the timer function {function.Name} needs it.");

    [GeneratedRegex("%(?<name>[^%]+)%")]
    private static partial Regex Setting();
}
