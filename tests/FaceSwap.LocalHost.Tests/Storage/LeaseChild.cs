using FaceSwap.LocalHost.Durable.Storage;
using FaceSwap.LocalHost.Tests.Engine;
using Microsoft.DurableTask.Client;

namespace FaceSwap.LocalHost.Tests.Storage;

/// <summary>A process that holds a state file, runs one orchestration a line of its input names, and tells what happens.</summary>
internal static class LeaseChild
{
    public const string Verb = "lease-child";
    public const string Running = "running";

    /// <param name="arguments">The folder, and the length of the lease in milliseconds.</param>
    public static async Task<int> RunAsync(ReadOnlyMemory<string> arguments)
    {
        await using EngineFixture engine = new(arguments.Span[0])
        {
            LeaseLength = TimeSpan.FromMilliseconds(int.Parse(arguments.Span[1])),
        };
        engine.Tasks.AddOrchestrator<string, string>("Echo", (_, input) => Task.FromResult(input));
        var client = await engine.StartAsync();
        Console.WriteLine(Running);
        while (await Console.In.ReadLineAsync() is { } line)
        {
            Console.WriteLine(await EchoAsync(client, line));
        }

        return 0;
    }

    private static async Task<string> EchoAsync(DurableTaskClient client, string line)
    {
        try
        {
            string id = await client.ScheduleNewOrchestrationInstanceAsync("Echo", line);
            var ended = await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);
            return ended.ReadOutputAs<string>()!;
        }
        catch (StateFileException problem)
        {
            return problem.Problem.ToString();
        }
    }
}
