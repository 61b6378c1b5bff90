namespace FaceSwap.Callers;

/// <summary>Names of callers that the app itself knows.</summary>
public static class CallerIds
{
    /// <summary>Whoever holds the function key and names nobody else: the operator.</summary>
    public const string Default = "default";
}
