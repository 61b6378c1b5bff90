namespace FaceSwap.Callers;

/// <summary>Who makes a request. Jobs, webhook endpoints and idempotency keys belong to callers.</summary>
/// <param name="Id">The caller's name.</param>
/// <param name="IsOperator">Whether the caller sees what belongs to others.</param>
/// <param name="IsSubmitter">Whether the caller may start and change things, and not only read.</param>
public sealed record Caller(string Id, bool IsOperator, bool IsSubmitter = true)
{
    /// <summary>The role of those who may start and change things, where a role is needed for that.</summary>
    public const string SubmitterRole = "submitter";

    /// <summary>The role of those who see what belongs to all callers, and may act in their place.</summary>
    public const string OperatorRole = "operator";

    /// <summary>Whoever holds the function key and names nobody.</summary>
    public static Caller Default { get; } = new(CallerIds.Default, IsOperator: false);

    /// <summary>A caller by the roles that somebody vouches for.</summary>
    /// <param name="id">The caller's name.</param>
    /// <param name="hasRole">Whether the caller has a role.</param>
    /// <param name="requireSubmitter">Whether a role is needed to start and change things.</param>
    public static Caller Of(string id, Func<string, bool> hasRole, bool requireSubmitter)
    {
        var isOperator = hasRole(OperatorRole);
        return new Caller(id, isOperator, !requireSubmitter || isOperator || hasRole(SubmitterRole));
    }

    /// <summary>Whether what belongs to this owner is there for the caller.</summary>
    public bool Sees(string owner) => IsOperator || owner == Id;
}
