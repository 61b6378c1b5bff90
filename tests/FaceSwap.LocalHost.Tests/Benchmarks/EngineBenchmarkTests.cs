using FaceSwap.Testing.Processes;
using Xunit;

namespace FaceSwap.LocalHost.Tests.Benchmarks;

/// <summary>The benchmark of the engine runs; what it measures is not looked at here, since machines differ.</summary>
public sealed class EngineBenchmarkTests
{
    private static readonly string[] Figures =
    [
        "sqlite-single-commits", "sqlite-grouped-rows", "burst-rate", "burst-rate-per-sqlite-commit", "burst-rate-with-finished",
        "burst-rate-kept-with-finished", "one-at-a-time-rate", "one-activity-p50", "one-activity-p99", "long-history-growth",
        "fan-out", "waiting-memory", "waiting-cpu",
    ];

    [Fact]
    public async Task Engine_ShortForm_PrintsEveryFigureOnALineOfItsOwn()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "FaceSwap.Benchmarks.dll");

        var output = await Programs.RunAsync("dotnet", [program, "engine", "--short"]);

        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal(Figures, lines.Select(line => line.Split(' ')[1]));
        Assert.All(lines, line => Assert.Matches(@"^BENCH [a-z0-9-]+ [0-9.]+ [a-z/A-Z]+ goal (- -|(>=|<=) [0-9.]+ (ok|short))$", line));
    }
}
