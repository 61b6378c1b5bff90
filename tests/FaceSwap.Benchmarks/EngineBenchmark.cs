using System.Diagnostics;

namespace FaceSwap.Benchmarks;

/// <summary>The engine of the local host: rates, latencies, growth, and what waiting costs.</summary>
internal static class EngineBenchmark
{
    private const int Activities = 5;
    private const double Milliseconds = 1000;
    private const double Megabyte = 1024 * 1024;

    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(3);

    public static async IAsyncEnumerable<Figure> RunAsync(Scale scale)
    {
        (double commits, double rows) = RawSqlite.Measure();
        yield return new("sqlite-single-commits", commits, "commits/s");
        yield return new("sqlite-grouped-rows", rows, "rows/s");

        double rate = await RateAsync(scale, finished: 0);
        yield return new("burst-rate", rate, "orchestrations/s", 1000);
        yield return new("burst-rate-per-sqlite-commit", rate / commits, "ratio");
        double loaded = await RateAsync(scale, scale.Finished);
        yield return new("burst-rate-with-finished", loaded, "orchestrations/s");
        yield return new("burst-rate-kept-with-finished", loaded / rate, "ratio", 0.9);

        await foreach (Figure figure in SinglesAsync(scale))
        {
            yield return figure;
        }

        await foreach (Figure figure in GrowthAsync(scale))
        {
            yield return figure;
        }

        await foreach (Figure figure in WaitingAsync(scale))
        {
            yield return figure;
        }
    }

    // The best of several rounds: other programs on the machine only ever take away.
    private static async Task<double> RateAsync(Scale scale, int finished)
    {
        await using EngineRun run = await EngineRun.StartAsync();
        for (int left = finished; left > 0; left -= scale.Burst)
        {
            await run.BurstAsync(Math.Min(left, scale.Burst), Workload.Empty, 0);
        }

        await run.BurstAsync(scale.Burst, Workload.Chain, Activities);
        double best = double.MaxValue;
        for (int round = 0; round < scale.Rounds; round++)
        {
            best = Math.Min(best, await run.BurstAsync(scale.Burst, Workload.Chain, Activities));
        }

        return scale.Burst / best;
    }

    private static async IAsyncEnumerable<Figure> SinglesAsync(Scale scale)
    {
        await using EngineRun run = await EngineRun.StartAsync();
        await run.OneByOneAsync(scale.Single / 2, Workload.Chain, Activities);
        double[] chains = await run.OneByOneAsync(scale.Single, Workload.Chain, Activities);
        yield return new("one-at-a-time-rate", scale.Single / chains.Sum(), "orchestrations/s", 250);
        double[] singles = await run.OneByOneAsync(scale.Single, Workload.Chain, 1);
        Array.Sort(singles);
        yield return new("one-activity-p50", singles[singles.Length / 2] * Milliseconds, "ms", 5, AtLeast: false);
        yield return new("one-activity-p99", singles[singles.Length * 99 / 100] * Milliseconds, "ms", 25, AtLeast: false);
    }

    private static async IAsyncEnumerable<Figure> GrowthAsync(Scale scale)
    {
        await using EngineRun run = await EngineRun.StartAsync();
        await run.BurstAsync(1, Workload.Chain, scale.ShortChain);
        double[] shorts = await run.OneByOneAsync(scale.Rounds, Workload.Chain, scale.ShortChain);
        double[] longs = await run.OneByOneAsync(scale.Rounds, Workload.Chain, scale.LongChain);
        yield return new("long-history-growth", longs.Min() / shorts.Min(), "times", 12, AtLeast: false);
        double[] fans = await run.OneByOneAsync(scale.Rounds, Workload.FanOut, scale.Fan);
        yield return new("fan-out", fans.Min(), "s", 1, AtLeast: false);
    }

    private static async IAsyncEnumerable<Figure> WaitingAsync(Scale scale)
    {
        await using EngineRun run = await EngineRun.StartAsync();
        using Process self = Process.GetCurrentProcess();
        double before = GC.GetTotalMemory(forceFullCollection: true);
        string[] ids = await Task.WhenAll(Enumerable.Range(0, scale.Waiting).Select(number =>
            run.Client.ScheduleNewOrchestrationInstanceAsync(Workload.Wait, number, CancellationToken.None)));
        foreach (string id in ids)
        {
            await run.Client.WaitForInstanceStartAsync(id, CancellationToken.None);
        }

        yield return new("waiting-memory", (GC.GetTotalMemory(forceFullCollection: true) - before) / Megabyte, "MB", 100, AtLeast: false);
        // The runtime compiles hot methods anew for a while; that is not what waiting costs.
        await Task.Delay(Idle, TimeProvider.System);
        self.Refresh();
        TimeSpan cpu = self.TotalProcessorTime;
        await Task.Delay(Idle, TimeProvider.System);
        self.Refresh();
        yield return new("waiting-cpu", (self.TotalProcessorTime - cpu) / Idle * 100, "percent", 1, AtLeast: false);
    }
}
