using FaceSwap.LocalHost.Durable.Execution;

namespace FaceSwap.Benchmarks;

/// <summary>Orchestrations that do nothing but what is measured.</summary>
internal sealed class Workload : ITaskCatalog
{
    /// <summary>Ends at once.</summary>
    public const string Empty = nameof(Empty);

    /// <summary>Calls as many trivial activities in sequence as its input says.</summary>
    public const string Chain = nameof(Chain);

    /// <summary>Calls as many trivial activities at once as its input says.</summary>
    public const string FanOut = nameof(FanOut);

    /// <summary>Waits for an event or a timer, by the parity of its input.</summary>
    public const string Wait = nameof(Wait);

    public OrchestratorFunction? FindOrchestrator(string name) => name switch
    {
        Empty => (_, _) => Task.FromResult<object?>(null),
        Chain => async (context, read) =>
        {
            int sum = 0;
            for (int left = (int)read(typeof(int))!; left > 0; left--)
            {
                sum += await context.CallActivityAsync<int>("Trivial", left);
            }

            return sum;
        }
        ,
        FanOut => async (context, read) => (await Task.WhenAll(Enumerable.Range(0, (int)read(typeof(int))!)
            .Select(item => context.CallActivityAsync<int>("Trivial", item)))).Sum(),
        Wait => async (context, read) =>
        {
            await ((int)read(typeof(int))! % 2 == 0
                ? context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None)
                : context.WaitForExternalEvent<object?>("Never"));
            return null;
        }
        ,
        _ => null,
    };

    public ActivityFunction? FindActivity(string name) => static (call, _) => Task.FromResult(call.ReadInput(typeof(int)));
}
