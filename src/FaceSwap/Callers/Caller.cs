namespace FaceSwap.Callers;

/// <summary>Who makes a request. Jobs, webhook endpoints and idempotency keys belong to callers.</summary>
/// <param name="Id">The caller's name.</param>
/// <param name="IsOperator">Whether the caller sees what belongs to others.</param>
public sealed record Caller(string Id, bool IsOperator)
{
    /// <summary>The role of those who see what belongs to all callers, and may act in their place.</summary>
    public const string OperatorRole = "operator";

    /// <summary>Whoever holds the function key and names nobody.</summary>
    public static Caller Default { get; } = new(CallerIds.Default, IsOperator: false);

    /// <summary>Whether what belongs to this owner is there for the caller.</summary>
    public bool Sees(string owner) => IsOperator || owner == Id;
}
