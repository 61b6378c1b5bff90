using FaceSwap.LocalHost.Tests.Conformance;
using Microsoft.DurableTask;

namespace FaceSwap.LocalHost.Tests.Crash;

/// <summary>
/// Orchestrations of every shape whose results are known beforehand, whatever is run twice. Each activity notes in a
/// ledger that it ran.
/// </summary>
internal sealed class CrashWorkload(string folder, TimeSpan pace)
{
    public const int Count = 200;

    private static readonly string[] Shapes = ["Chain", "FanOut", "Timers", "Parent", "Generations", "Mail", "Flaky"];

    private readonly Lock _gate = new();

    public static string LedgerOf(string folder) => Path.Combine(folder, "ledger.txt");

    public static string IdOf(int number) => $"o-{number}";

    public static string ShapeOf(int number) => Shapes[number % Shapes.Length];

    /// <summary>What orchestration <paramref name="number"/> must come to.</summary>
    public static int ResultOf(int number) => ShapeOf(number) switch
    {
        "Chain" => number + 5,
        "FanOut" => (8 * number) + 36,
        "Timers" => number + 2,
        "Parent" => number + 5 + 1,
        "Generations" => 4,
        "Mail" => number + 1,
        _ => number + 1,
    };

    /// <summary>The ledger lines that must be there at least once, for one orchestration.</summary>
    public static IEnumerable<string> LinesOf(int number) => ShapeOf(number) switch
    {
        "Chain" => Enumerable.Range(0, 5).Select(step => $"{IdOf(number)} {number + step}"),
        "FanOut" => Enumerable.Range(0, 8).Select(item => $"{IdOf(number)} {number + item}"),
        "Timers" => [$"{IdOf(number)} {number}", $"{IdOf(number)} {number + 1}"],
        _ => [],
    };

    public void Register(ITaskRegistrar tasks)
    {
        tasks.AddActivity<int, int>("Increment", async (context, value) =>
        {
            Note($"{context.InstanceId} {value}");
            await Task.Delay(pace, TimeProvider.System);
            return value + 1;
        });
        tasks.AddActivity<int, int>("Flaky", (context, value) => IsFirstRun(context.InstanceId)
            ? throw new InvalidOperationException("the first run fails")
            : Task.FromResult(value + 1));
        tasks.AddOrchestrator<int, int>("Chain", ChainAsync);
        tasks.AddOrchestrator<int, int>("FanOut", async (context, start) => (await Task.WhenAll(
            Enumerable.Range(0, 8).Select(item => context.CallActivityAsync<int>("Increment", start + item)))).Sum());
        tasks.AddOrchestrator<int, int>("Timers", TimersAsync);
        tasks.AddOrchestrator<int, int>("Parent", async (context, start) =>
            1 + await context.CallSubOrchestratorAsync<int>("Chain", start));
        tasks.AddOrchestrator<int, int>("Generations", GenerationsAsync);
        tasks.AddOrchestrator<int, int>("Mail", MailAsync);
        tasks.AddOrchestrator<string, int>("Postman", (context, to) =>
        {
            context.SendEvent(to, "Mail", 1);
            return Task.FromResult(0);
        });
        tasks.AddOrchestrator<int, int>("Flaky", (context, start) => context.CallActivityAsync<int>(
            "Flaky", start, TaskOptions.FromRetryPolicy(new RetryPolicy(4, pace))));
    }

    private static async Task<int> ChainAsync(TaskOrchestrationContext context, int value)
    {
        for (int step = 0; step < 5; step++)
        {
            value = await context.CallActivityAsync<int>("Increment", value);
        }

        return value;
    }

    private async Task<int> TimersAsync(TaskOrchestrationContext context, int value)
    {
        value = await context.CallActivityAsync<int>("Increment", value);
        await context.CreateTimer(pace * 5, CancellationToken.None);
        return await context.CallActivityAsync<int>("Increment", value);
    }

    // The input counts from the number of the orchestration's start, which only the first generation sees.
    private async Task<int> GenerationsAsync(TaskOrchestrationContext context, int generation)
    {
        int current = generation > 4 ? 0 : generation;
        await context.CreateTimer(pace, CancellationToken.None);
        if (current < 4)
        {
            context.ContinueAsNew(current + 1);
        }

        return current;
    }

    private static async Task<int> MailAsync(TaskOrchestrationContext context, int value)
    {
        await context.CallSubOrchestratorAsync("Postman", context.InstanceId);
        return value + await context.WaitForExternalEvent<int>("Mail");
    }

    private bool IsFirstRun(string instanceId)
    {
        lock (_gate)
        {
            string mark = Path.Combine(folder, $"flaky-{instanceId}");
            bool isFirst = !File.Exists(mark);
            File.WriteAllText(mark, "");
            return isFirst;
        }
    }

    private void Note(string line)
    {
        lock (_gate)
        {
            File.AppendAllText(LedgerOf(folder), line + "\n");
        }
    }
}
