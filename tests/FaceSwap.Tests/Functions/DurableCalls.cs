using System.Reflection;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace FaceSwap.Tests.Functions;

/// <summary>Finds the calls of orchestrators and activities in compiled code, so that no call can be overlooked.</summary>
internal static class DurableCalls
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<(Type, string), string> Triggers = new()
    {
        [(typeof(TaskOrchestrationContext), nameof(TaskOrchestrationContext.CallActivityAsync))] = "activity",
        [(typeof(TaskOrchestrationContext), nameof(TaskOrchestrationContext.CallSubOrchestratorAsync))] = "orchestration",
        [(typeof(DurableTaskClient), nameof(DurableTaskClient.ScheduleNewOrchestrationInstanceAsync))] = "orchestration",
    };

    public static IEnumerable<DurableCall> In(Type type) =>
        type.GetMethods(Declared).Cast<MethodBase>().Concat(type.GetConstructors(Declared)).SelectMany(In);

    private static IEnumerable<DurableCall> In(MethodBase method)
    {
        // A name is converted to a TaskName before the call that it belongs to; calls within arguments nest.
        var names = new Stack<string?>();
        string? literal = null;
        foreach (var operand in MethodCode.Operands(method))
        {
            if (operand is MethodBase { Name: "op_Implicit" } conversion && conversion.DeclaringType == typeof(TaskName))
            {
                names.Push(literal);
            }
            else if (operand is MethodBase called && called.DeclaringType is { } owner && Triggers.TryGetValue((owner, called.Name), out var trigger))
            {
                yield return new(CallerOf(method), trigger, names.TryPop(out var name) ? name : null);
            }

            literal = operand as string;
        }
    }

    // The code of an async method stands in a nested type that is named after it.
    private static string CallerOf(MethodBase method) => $"{method.DeclaringType!.FullName}.{method.Name}";
}
