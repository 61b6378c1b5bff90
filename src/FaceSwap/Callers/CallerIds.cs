namespace FaceSwap.Callers;

/// <summary>Names of callers.</summary>
public static class CallerIds
{
    /// <summary>Whoever holds the function key and names nobody; the configured webhook endpoints belong to this one.</summary>
    public const string Default = "default";

    private const int LongestName = 200;

    /// <summary>The caller that somebody else vouches for; never one of the app's own names.</summary>
    /// <param name="name">The name by which the token's issuer, or the platform, knows them.</param>
    /// <returns>Null when that is no name.</returns>
    public static string? Of(string? name) => name is { Length: > 0 and <= LongestName } && !name.Any(char.IsControl) ? $"user:{name}" : null;
}
