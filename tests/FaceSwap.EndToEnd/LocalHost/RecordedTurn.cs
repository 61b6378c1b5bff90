using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using FaceSwap.EndToEnd.Drivers;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Protobuf;
using Microsoft.DurableTask.Worker.Grpc;
using Xunit;

namespace FaceSwap.EndToEnd.LocalHost;

/// <summary>The last turn of an execution of an orchestration as the genuine worker had it: its whole history, and the answer.</summary>
/// <param name="Orchestrator">The function.</param>
/// <param name="Request">The history, a protocol buffer in base64.</param>
/// <param name="Answer">What the worker answered, likewise.</param>
internal sealed record RecordedTurn(string Orchestrator, string Request, string Answer)
{
    private static readonly MethodInfo ReplayMethod = typeof(RecordedTurn).GetMethod(nameof(Replay), BindingFlags.NonPublic | BindingFlags.Static)!;
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <summary>Every orchestrator of the app, by its function's name.</summary>
    public static IReadOnlyDictionary<string, MethodInfo> Orchestrators { get; } =
        FunctionTasks.All.Where(function => function.Trigger.IsDefined(typeof(OrchestrationTriggerAttribute))).ToDictionary(function => function.Name, function => function.Method);

    public static IReadOnlyList<RecordedTurn> ReadAll(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(path => JsonSerializer.Deserialize<RecordedTurn>(File.ReadAllText(path), Web)!)];

    /// <summary>Replays the history against the orchestrator as it is now: its execution must end alike, with all that was in the outcome then.</summary>
    public void ComesToTheSameEnd()
    {
        var (now, then) = (EndOf(Replay()), EndOf(Answer));
        Assert.Equal(then.OrchestrationStatus, now.OrchestrationStatus);
        Assert.True(Holds(JsonNode.Parse(now.Result ?? "null"), JsonNode.Parse(then.Result ?? "null")), $"{then.Result}\nhas become\n{now.Result}");
    }

    private string Replay()
    {
        var run = Orchestrators.GetValueOrDefault(Orchestrator) ?? throw new InvalidOperationException($"There is no orchestrator {Orchestrator}: an instance that runs would be lost.");
        var input = run.GetParameters()[1].ParameterType;
        var output = run.ReturnType.IsGenericType ? run.ReturnType.GetGenericArguments()[0] : typeof(object);
        return (string)ReplayMethod.MakeGenericMethod(input, output).Invoke(null, [run, Request])!;
    }

    private static string Replay<TInput, TOutput>(MethodInfo run, string request) => GrpcOrchestrationRunner.LoadAndRun<TInput, TOutput>(
        request,
        async (context, input) =>
        {
            var running = (Task)run.Invoke(null, [context, input])!;
            await running;
            return running is Task<TOutput> told ? await told : default;
        });

    private static CompleteOrchestrationAction EndOf(string answer) =>
        Assert.Single(OrchestratorResponse.Parser.ParseFrom(Convert.FromBase64String(answer)).Actions).CompleteOrchestration
        ?? throw new InvalidOperationException("The orchestration goes on instead of ending.");

    // A later version may tell more, and never less or otherwise.
    private static bool Holds(JsonNode? whole, JsonNode? part) => part is JsonObject fields
        ? whole is JsonObject others && fields.All(field => others.TryGetPropertyValue(field.Key, out var other) && Holds(other, field.Value))
        : JsonNode.DeepEquals(whole, part);
}
