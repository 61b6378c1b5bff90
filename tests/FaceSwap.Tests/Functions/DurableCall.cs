namespace FaceSwap.Tests.Functions;

/// <summary>A place in the code that calls or starts a function by name.</summary>
/// <param name="Name">Null where the code does not name it by a constant.</param>
internal sealed record DurableCall(string Caller, string Trigger, string? Name)
{
    public override string ToString() => $"{Trigger} {Name ?? "(a name that is no constant: use nameof)"}";
}
