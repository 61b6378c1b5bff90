using FaceSwap.LocalHost.Hosting;
using NCrontab;

namespace FaceSwap.LocalHost.Triggers.Timers;

/// <summary>When a timer function is due: a schedule of six fields, seconds first, in UTC.</summary>
internal sealed class TimerSchedule
{
    private readonly CrontabSchedule _schedule;

    /// <param name="expression">The schedule, or <c>%NAME%</c> of the setting that holds it.</param>
    /// <param name="settings">The app's settings.</param>
    /// <exception cref="AppSetupException">The setting is missing or the schedule cannot be read.</exception>
    public TimerSchedule(string expression, IConfiguration settings)
    {
        var text = Resolve(expression, settings);
        _schedule = CrontabSchedule.TryParse(text, new CrontabSchedule.ParseOptions { IncludingSeconds = true })
            ?? throw new AppSetupException($"'{text}' is no schedule: six fields are wanted, seconds first.");
    }

    public DateTime NextAfter(DateTime moment) =>
        DateTime.SpecifyKind(_schedule.GetNextOccurrence(moment), DateTimeKind.Utc);

    private static string Resolve(string expression, IConfiguration settings)
    {
        if (expression is not ['%', .. string name, '%'])
        {
            return expression;
        }

        return settings[name.Replace("__", ":", StringComparison.Ordinal)]
            ?? throw new AppSetupException($"The schedule names the setting '{name}', which is not set.");
    }
}
