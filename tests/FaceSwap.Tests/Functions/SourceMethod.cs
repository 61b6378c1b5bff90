using System.Reflection;
using System.Runtime.CompilerServices;

namespace FaceSwap.Tests.Functions;

/// <summary>The method as it was written: an async method's code stands in the state machine that was made of it.</summary>
internal static class SourceMethod
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static MethodBase Of(MethodBase method) =>
        method.DeclaringType!.DeclaringType?.GetMethods(Declared).FirstOrDefault(candidate =>
            candidate.GetCustomAttribute<StateMachineAttribute>()?.StateMachineType == method.DeclaringType)
        ?? method;
}
