using FaceSwap.Testing.Processes;
using Xunit;

namespace FaceSwap.EndToEnd;

/// <summary>The benchmark of batches runs; what it measures is not looked at here, since machines differ.</summary>
public sealed class BatchBenchmarkTests
{
    private static readonly string[] Figures =
    [
        "time-2", "rate-2", "history-2", "time-4", "rate-4", "history-4", "time-exponent", "history-exponent", "largest-window",
    ];

    [Fact]
    public async Task Batches_ShortForm_PrintsEveryFigureOnALineOfItsOwn()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "FaceSwap.Benchmarks.dll");

        var output = await Programs.RunAsync("dotnet", [program, "batch", "--short"]);

        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal(Figures, lines.Select(line => line.Split(' ')[1]));
        Assert.All(lines, line => Assert.Matches(@"^BENCH [a-z0-9-]+ -?[0-9.]+ [a-z/A-Z]+ goal (- -|<= [0-9.]+ (ok|short))$", line));
    }
}
