using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace FaceSwap.Testing.Logs;

/// <summary>A line of the console log, as the framework's one-line console writes it.</summary>
public sealed partial record LogLine(LogLevel Level, string Category, int EventId, string Message)
{
    private static readonly Dictionary<string, LogLevel> Levels = new()
    {
        ["trce"] = LogLevel.Trace,
        ["dbug"] = LogLevel.Debug,
        ["info"] = LogLevel.Information,
        ["warn"] = LogLevel.Warning,
        ["fail"] = LogLevel.Error,
        ["crit"] = LogLevel.Critical,
    };

    /// <returns>Null when the line is no log line but something else that was printed.</returns>
    public static LogLine? Parse(string line)
    {
        var match = Shape().Match(line);
        return match.Success
            ? new LogLine(
                Levels[match.Groups["level"].Value],
                match.Groups["category"].Value,
                int.Parse(match.Groups["id"].Value),
                match.Groups["message"].Value)
            : null;
    }

    [GeneratedRegex(@"(?<level>trce|dbug|info|warn|fail|crit): (?<category>[^\[ ]+)\[(?<id>-?\d+)\] ?(?<message>.*)$")]
    private static partial Regex Shape();
}
