using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace FaceSwap.LocalHost.Tests.Triggers;

/// <summary>A small app with each kind of function, to be run by the host as any app is.</summary>
public sealed class SampleFunctions(SampleState state)
{
    [Function("Hello")]
    public static IActionResult Hello(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "hello/{name:alpha}/{times:int?}")] HttpRequest request,
        string name,
        int? times,
        string? greeting) =>
        new OkObjectResult($"{greeting ?? "Hello"} {name} x{times ?? 1} {request.Method}");

    [Function("Secured")]
    public static IResult Secured([HttpTrigger(AuthorizationLevel.Function, "post")] HttpRequest request) =>
        Results.Json(new { Read = request.ContentLength });

    [Function("Managed")]
    public static IResult Managed([HttpTrigger(AuthorizationLevel.Admin, "get", Route = "managed")] HttpRequest request) => Results.Ok();

    [Function("Fails")]
    public static Task<IResult> Fails([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) =>
        throw new InvalidOperationException("a secret detail");

    [Function("Plain")]
    public static SampleBody Plain([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "plain")] HttpRequest request) => new("value");

    [Function("Start")]
    public static async Task<IResult> StartAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "start/{text}")] HttpRequest request,
        string text,
        [DurableClient] DurableTaskClient client,
        FunctionContext context,
        CancellationToken cancellation)
    {
        string id = await client.ScheduleNewOrchestrationInstanceAsync("Shout", text, cancellation);
        var ended = await client.WaitForInstanceCompletionAsync(id, true, cancellation);
        return Results.Text($"{context.FunctionDefinition.Name}: {ended.ReadOutputAs<string>()}");
    }

    [Function("Shout")]
    public static Task<string> ShoutAsync([OrchestrationTrigger] TaskOrchestrationContext context, string text) =>
        context.CallActivityAsync<string>("Upper", text);

    [Function("Upper")]
    public string Upper([ActivityTrigger] string text, FunctionContext context, CancellationToken cancellation) =>
        $"{text.ToUpperInvariant()} {context.FunctionDefinition.Name} {cancellation.CanBeCanceled} {state.Name}";

    [Function("Tick")]
    public void Tick([TimerTrigger("%SAMPLE_SCHEDULE%")] TimerInfo timer) => state.Add(timer);

    [Function("AtStart")]
    public void AtStart([TimerTrigger("0 0 0 1 1 *", RunOnStartup = true)] TimerInfo timer) => state.AddStart(timer);
}
