namespace FaceSwap.Tests.Functions;

/// <summary>One function as its attributes describe it.</summary>
/// <param name="Trigger">http, orchestration, activity or timer.</param>
/// <param name="Binding">What the trigger says: methods, route and authorization level, or the schedule; else empty.</param>
internal sealed record FunctionEntry(string Name, string Trigger, string Binding)
{
    public override string ToString() => $"{Trigger,-13} {Name,-28} {Binding}".TrimEnd();
}
