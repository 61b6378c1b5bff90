using System.Reflection;

namespace FaceSwap.LocalHost.Triggers.Functions;

/// <summary>A function of the app, as its attributes declare it.</summary>
/// <param name="Trigger">The attribute that says what sets it off.</param>
/// <param name="TriggerParameter">The parameter that carries the attribute.</param>
internal sealed record FunctionDescriptor(
    string Name, MethodInfo Method, Attribute Trigger, ParameterInfo TriggerParameter)
{
    /// <summary>The name its type and method have in the code.</summary>
    public string EntryPoint => $"{Method.DeclaringType!.FullName}.{Method.Name}";
}
