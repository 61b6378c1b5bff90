using FaceSwap.Testing.Processes;
using Microsoft.Extensions.Logging;
using Xunit;

namespace FaceSwap.Testing.Logs;

/// <summary>What a log must not show.</summary>
public static class LogAssert
{
    // What Azure's engine says of a machine that is busy with other tests; it looks at the table again.
    private const string SlowEmulator = "Operation to read and write the partition table exceeded the 2-second timeout.";

    /// <summary>No warning, error or critical line, and no unhandled exception, but those that contain one of the expected texts.</summary>
    public static void NothingUnexpected(ProcessLog log, params string[] expected)
    {
        // A log that says nothing shows nothing either.
        Assert.NotEmpty(log.Whole.Lines);
        var unexpected = log.Lines.Where(line => IsTrouble(line) && !expected.Append(SlowEmulator).Any(text => line.Contains(text, StringComparison.Ordinal)));
        Assert.Empty(unexpected);
    }

    private static bool IsTrouble(string line) =>
        LogLine.Parse(line) is { Level: >= LogLevel.Warning } || line.StartsWith("Unhandled exception", StringComparison.Ordinal);
}
