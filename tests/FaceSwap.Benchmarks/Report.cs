using System.Runtime.InteropServices;
using System.Text;

namespace FaceSwap.Benchmarks;

/// <summary>The figures as a page of the documentation.</summary>
internal static class Report
{
    public static string Write(IEnumerable<Figure> figures)
    {
        StringBuilder page = new();
        page.AppendLine("# Benchmarks").AppendLine();
        page.AppendLine("The engine of the local host, durable with `synchronous=FULL`. Reproduce with `eng/bench.sh engine`.").AppendLine();
        page.AppendLine($"Measured on {RuntimeInformation.OSDescription.Trim()}, {Environment.ProcessorCount} processors, {RuntimeInformation.FrameworkDescription}.").AppendLine();
        page.AppendLine("| figure | value | unit | goal | |").AppendLine("|---|---|---|---|---|");
        foreach (Figure figure in figures)
        {
            page.AppendLine($"| {figure.Name} | {figure.ValueText} | {figure.Unit} | {figure.GoalText} | {figure.Outcome} |");
        }

        page.AppendLine();
        page.AppendLine("`burst-rate`: orchestrations of five trivial activities in sequence, 1,000 started at once. `one-at-a-time-rate`: the same, each started when the one before has ended. `with-finished`: with 100,000 finished instances in the file. `long-history-growth`: the time of 2,500 activities in sequence (5,000 events) over that of 250. `fan-out`: 1,000 activities at once. `waiting`: 10,000 orchestrations that wait for timers and events. Rates and times are the best of five rounds. `kept-with-finished` is measured last, in a warmer process: a value above 1 only says that the finished instances cost nothing that shows.");
        return page.ToString();
    }
}
