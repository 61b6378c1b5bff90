using System.Text.Json;
using System.Text.Json.Nodes;
using FaceSwap.Functions.Activities.Webhooks;
using FaceSwap.Functions.Instances;
using FaceSwap.Functions.Orchestrations.Jobs;
using FaceSwap.Functions.Orchestrations.Webhooks;
using FaceSwap.Jobs;
using FaceSwap.Webhooks;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Protobuf;
using Microsoft.DurableTask.Worker.Grpc;
using Xunit;

namespace FaceSwap.EndToEnd.FunctionsHost;

/// <summary>The last turn of an orchestration as the genuine worker had it: its whole history, and the answer.</summary>
/// <param name="Orchestrator">The function.</param>
/// <param name="Request">The history, a protocol buffer in base64.</param>
/// <param name="Answer">What the worker answered, likewise.</param>
internal sealed record RecordedTurn(string Orchestrator, string Request, string Answer)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public static IReadOnlyList<RecordedTurn> ReadAll(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(path => JsonSerializer.Deserialize<RecordedTurn>(File.ReadAllText(path), Web)!)];

    /// <summary>Replays the history against the orchestrator as it is now: it must end at once, with all that was in the outcome then.</summary>
    public void ComesToTheSameEnd()
    {
        var (now, then) = (EndOf(Replay()), EndOf(Answer));
        Assert.Equal(OrchestrationStatus.Completed, now.OrchestrationStatus);
        Assert.True(Holds(JsonNode.Parse(now.Result ?? "null"), JsonNode.Parse(then.Result ?? "null")), $"{then.Result}\nhas become\n{now.Result}");
    }

    private string Replay() => Orchestrator switch
    {
        nameof(FaceSwapJob) => GrpcOrchestrationRunner.LoadAndRun<FaceSwapJobInput, JobOutcome>(Request, FaceSwapJob.RunAsync!),
        nameof(WebhookDelivery) => GrpcOrchestrationRunner.LoadAndRun<WebhookDeliveryInput, WebhookAttemptVerdict>(Request, WebhookDelivery.RunAsync!),
        nameof(JobProgressReports) => GrpcOrchestrationRunner.LoadAndRun<JobProgressReportsInput, object>(Request, RunAsync<JobProgressReportsInput>(JobProgressReports.RunAsync)),
        nameof(WebhookRecovery) => GrpcOrchestrationRunner.LoadAndRun<WebhookRecoveryInput, object>(Request, RunAsync<WebhookRecoveryInput>(WebhookRecovery.RunAsync)),
        _ => throw new InvalidOperationException($"There is no orchestrator {Orchestrator}: a job that runs would be lost."),
    };

    private static Func<TaskOrchestrationContext, T?, Task<object?>> RunAsync<T>(
        Func<TaskOrchestrationContext, T, Task> orchestrator) => async (context, input) =>
    {
        await orchestrator(context, input!);
        return null;
    };

    private static CompleteOrchestrationAction EndOf(string answer) =>
        Assert.Single(OrchestratorResponse.Parser.ParseFrom(Convert.FromBase64String(answer)).Actions).CompleteOrchestration
        ?? throw new InvalidOperationException("The orchestration goes on instead of ending.");

    // A later version may tell more, and never less or otherwise.
    private static bool Holds(JsonNode? whole, JsonNode? part) => part is JsonObject fields
        ? whole is JsonObject others && fields.All(field => others.TryGetPropertyValue(field.Key, out var other) && Holds(other, field.Value))
        : JsonNode.DeepEquals(whole, part);
}
