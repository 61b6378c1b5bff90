using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace FaceSwap.Tests.Functions;

#pragma warning disable CA1822, CA1812 // Functions are found by reflection, as the worker finds them.
/// <summary>Apps with defects that the table must find.</summary>
internal static class SampleFunctions
{
    internal sealed class Clashing
    {
        [Function("Twice")]
        public void First([HttpTrigger(AuthorizationLevel.Function, "get", Route = "jobs/{id}")] HttpRequest request) => _ = request;

        [Function("twice")]
        public void Second([HttpTrigger(AuthorizationLevel.Function, "post", "get", Route = "jobs/{key:int}")] HttpRequest request) => _ = request;
    }

    internal sealed class Dangling
    {
        [Function(nameof(Present))]
        public int Present([ActivityTrigger] int input) => input;

        [Function(nameof(Orchestrate))]
        public async Task Orchestrate([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            await context.CallActivityAsync<int>(nameof(Present), await context.CallActivityAsync<int>("Gone"));
            await context.CallSubOrchestratorAsync(nameof(Present));
            await context.CallActivityAsync(context.InstanceId);
        }

        [Function(nameof(OrchestrateThroughOthers))]
        public async Task OrchestrateThroughOthers([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            await PassOnAsync(context, context.IsReplaying ? "input" : "other", nameof(Present));
            await PassOnAsync(context, "input", "Away");
        }

        [Function(nameof(Start))]
        public Task Start(
            [HttpTrigger(AuthorizationLevel.Function, Route = "start")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
            client.ScheduleNewOrchestrationInstanceAsync("Missing", request.Path.Value);

        private static async Task<string> PassOnAsync(TaskOrchestrationContext context, string input, string activity)
        {
            try
            {
                return await PassOn(context, activity, input);
            }
            catch (TaskFailedException)
            {
                return input;
            }
        }

        private static Task<string> PassOn(TaskOrchestrationContext context, string activity, object input) =>
            context.CallActivityAsync<string>(activity, input);
    }
}
#pragma warning restore CA1822, CA1812
