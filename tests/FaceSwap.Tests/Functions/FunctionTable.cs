using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Tests.Functions;

/// <summary>The functions of an assembly, found by their attributes as the worker finds them.</summary>
internal sealed partial class FunctionTable(IReadOnlyList<FunctionEntry> entries, IReadOnlyList<DurableCall> calls)
{
    private const string RoutePrefix = "/api/";

    public static FunctionTable Of(IEnumerable<Type> types)
    {
        var all = types.ToArray();
        var entries = all.SelectMany(type => type.GetMethods()).SelectMany(Entries);
        return new([.. entries.OrderBy(entry => entry.ToString(), StringComparer.Ordinal)], DurableCalls.In(all));
    }

    /// <summary>A line each, sorted: what the approved table holds.</summary>
    public string Text => string.Concat(entries.Select(entry => $"{entry}\n"));

    public int CallCount => calls.Count;

    /// <summary>What cannot work: clashing names or routes, functions without a trigger, calls that nothing answers.</summary>
    public IReadOnlyList<string> Defects =>
    [
        .. entries.Where(entry => entry.Trigger.Length == 0).Select(entry => $"{entry.Name} has no known trigger"),
        .. Repeated(entries.Select(entry => entry.Name)).Select(name => $"two functions are named {name}"),
        .. Repeated(entries.Where(entry => entry.Trigger == "http").SelectMany(Routes)).Select(route => $"two functions answer {route}"),
        .. calls.Where(call => !IsAnswered(call)).Select(call => $"{call.Caller} calls {call}, which does not exist"),
    ];

    private bool IsAnswered(DurableCall call) =>
        entries.Any(entry => entry.Trigger == call.Trigger && string.Equals(entry.Name, call.Name, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<FunctionEntry> Entries(MethodInfo method)
    {
        if (method.GetCustomAttribute<FunctionAttribute>() is not { } function)
        {
            yield break;
        }

        var triggers = method.GetParameters().SelectMany(parameter => parameter.GetCustomAttributes()).Select(Trigger).OfType<(string, string)>().ToArray();
        var (trigger, binding) = triggers.Length == 1 ? triggers[0] : ("", "");
        yield return new(function.Name, trigger, binding);
    }

    private static (string Trigger, string Binding)? Trigger(Attribute attribute) => attribute switch
    {
        HttpTriggerAttribute http => ("http", $"{string.Join('|', Methods(http)),-6} {RoutePrefix}{http.Route} {http.AuthLevel}"),
        OrchestrationTriggerAttribute => ("orchestration", ""),
        ActivityTriggerAttribute => ("activity", ""),
        TimerTriggerAttribute timer => ("timer", timer.Schedule),
        _ => null,
    };

    private static IEnumerable<string> Methods(HttpTriggerAttribute http) =>
        (http.Methods is { Length: > 0 } methods ? methods : ["any"]).Select(method => method.ToUpperInvariant());

    private static IEnumerable<string> Routes(FunctionEntry http)
    {
        var parts = http.Binding.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var route = RouteParameter.Replace(parts[1], "{}");
        return parts[0].Split('|').Select(method => $"{method} {route}");
    }

    private static IEnumerable<string> Repeated(IEnumerable<string> names) => names
        .GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
        .Where(group => group.Count() > 1)
        .Select(group => group.Key);

    [GeneratedRegex("{[^}]*}")]
    private static partial Regex RouteParameter { get; }
}
