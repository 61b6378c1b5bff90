using FaceSwap.Errors;

namespace FaceSwap.Functions.Edge.Http;

/// <summary>The header <c>Idempotency-Key</c>: with it a caller may send a request again and is served once.</summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    /// <summary>Tells that the answer is of an earlier request with the same key.</summary>
    public const string ReplayedHeader = "Idempotent-Replayed";

    private const int Longest = 255;

    // What stands between two headers of one name where something on the way made one of them.
    private const string Join = ", ";

    /// <summary>The key of a request, with or without the quotation marks of a structured field; null when it has none.</summary>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.InvalidRequest"/>: it is no key.</exception>
    public static string? Of(HttpRequest request)
    {
        var given = request.Headers[Header];
        if (given.Count == 0)
        {
            return null;
        }

        var key = given.Count == 1 && given[0] is { } text ? text.Trim() : "";
        key = key is ['"', .. var quoted, '"'] ? quoted : key;
        return key.Length is > 0 and <= Longest && key.All(letter => letter is >= ' ' and <= '~') && !key.Contains(Join)
            ? key
            : throw new FaceSwapException(ErrorCodes.InvalidRequest, "'Idempotency-Key' must be given once, as 1 to 255 printable ASCII characters without a comma before a space.");
    }
}
