using System.Diagnostics;
using System.Text.Json.Nodes;
using FaceSwap.LocalHost.Protocol;

namespace FaceSwap.LocalHost.Functions;

/// <summary>A function of the app, as the worker described it.</summary>
internal sealed class AppFunction
{
    private static readonly JsonNodeOptions CaseInsensitive = new() { PropertyNameCaseInsensitive = true };
    private static readonly string[] Kinds = ["httpTrigger", "orchestrationTrigger", "activityTrigger", "timerTrigger"];

    private readonly IReadOnlyList<string> durableClients;

    public AppFunction(RpcFunctionMetadata metadata)
    {
        Metadata = metadata;
        IReadOnlyList<JsonObject> bindings = [.. metadata.RawBindings.Select(binding => JsonNode.Parse(binding, CaseInsensitive)!.AsObject())];
        Trigger = bindings.FirstOrDefault(binding => TypeOf(binding).EndsWith("Trigger", StringComparison.OrdinalIgnoreCase))
            ?? throw new StartupException($"The function {metadata.Name} has no trigger.");
        if (!Kinds.Any(IsTriggeredBy))
        {
            throw new StartupException($"The function {metadata.Name} has a {TypeOf(Trigger)}, which this host does not know.");
        }

        durableClients = [.. bindings.Where(binding => IsOf(binding, "durableClient")).Select(binding => Text(binding, "name")!)];
    }

    public RpcFunctionMetadata Metadata { get; }

    public string Name => Metadata.Name;

    /// <summary>The trigger's binding: its name and what belongs to its kind (route, methods, level …).</summary>
    public JsonObject Trigger { get; }

    public string TriggerName => Text(Trigger, "name")!;

    /// <summary>Whether the trigger is of this kind: <c>httpTrigger</c>, <c>orchestrationTrigger</c>, <c>activityTrigger</c>, <c>timerTrigger</c>.</summary>
    public bool IsTriggeredBy(string kind) => IsOf(Trigger, kind);

    /// <summary>A property of the trigger, null where it is absent.</summary>
    public string? TriggerText(string property) => Text(Trigger, property);

    /// <summary>A call of this function, with an id of its own and within the caller's trace.</summary>
    public InvocationRequest NewInvocation(TypedData trigger, string durableClient, TimeProvider time) => new()
    {
        InvocationId = Guid.CreateVersion7(time.GetUtcNow()).ToString(),
        FunctionId = Metadata.FunctionId,
        InputData =
        {
            new ParameterBinding { Name = TriggerName, Data = trigger },
            durableClients.Select(name => new ParameterBinding { Name = name, Data = new TypedData { String = durableClient } }),
        },
        TraceContext = new RpcTraceContext
        {
            TraceParent = Activity.Current?.Id ?? "",
            TraceState = Activity.Current?.TraceStateString ?? "",
        },
    };

    private static bool IsOf(JsonObject binding, string type) => string.Equals(TypeOf(binding), type, StringComparison.OrdinalIgnoreCase);

    private static string TypeOf(JsonObject binding) => Text(binding, "type") ?? "";

    private static string? Text(JsonObject binding, string property) => binding[property]?.ToString();
}
