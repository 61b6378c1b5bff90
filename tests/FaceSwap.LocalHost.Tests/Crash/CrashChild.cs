using FaceSwap.LocalHost.Tests.Engine;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace FaceSwap.LocalHost.Tests.Crash;

/// <summary>The process that is killed: starts what is missing, and says when everything has ended.</summary>
internal static class CrashChild
{
    public const string Verb = "crash-child";
    public const string Running = "running";
    public const string Done = "done";

    /// <param name="arguments">The folder, and the time an activity takes in milliseconds.</param>
    public static async Task<int> RunAsync(ReadOnlyMemory<string> arguments)
    {
        string folder = arguments.Span[0];
        CrashWorkload workload = new(folder, TimeSpan.FromMilliseconds(int.Parse(arguments.Span[1])));
        await using EngineFixture engine = new(folder) { CachedExecutions = 20 };
        workload.Register(engine.Tasks);
        var client = await engine.StartAsync();
        Console.WriteLine(Running);
        await Task.WhenAll(Enumerable.Range(0, CrashWorkload.Count).Select(number => StartAsync(client, number)));
        await Task.WhenAll(Enumerable.Range(0, CrashWorkload.Count).Select(number =>
            client.WaitForInstanceCompletionAsync(CrashWorkload.IdOf(number), CancellationToken.None)));
        Console.WriteLine(Done);
        await Console.In.ReadToEndAsync();
        return 0;
    }

    private static async Task StartAsync(DurableTaskClient client, int number)
    {
        var options = new StartOrchestrationOptions(CrashWorkload.IdOf(number)).WithDedupeStatuses(
            OrchestrationRuntimeStatus.Pending,
            OrchestrationRuntimeStatus.Running,
            OrchestrationRuntimeStatus.Completed,
            OrchestrationRuntimeStatus.Failed);
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(CrashWorkload.ShapeOf(number), number, options);
        }
        catch (InvalidOperationException)
        {
            // An earlier life of this process started it.
        }
    }
}
