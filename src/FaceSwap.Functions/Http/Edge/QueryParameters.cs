using System.Globalization;
using FaceSwap.Errors;
using Microsoft.AspNetCore.Http;

namespace FaceSwap.Functions.Http.Edge;

/// <summary>The parameters of a listing, each at most once: of two values one would be left out without a word.</summary>
internal static class QueryParameters
{
    private const int MostPerPage = 100;

    /// <returns>Null where the parameter is not given.</returns>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.InvalidRequest"/>: it is given more than once.</exception>
    public static string? One(this IQueryCollection query, string name) => query[name] switch
    {
        [] => null,
        [var value] => value ?? "",
        _ => throw Invalid($"'{name}' must be given once."),
    };

    /// <summary>The cursor of the page before; null: the first page is asked for.</summary>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.InvalidRequest"/>.</exception>
    public static string? Cursor(this IQueryCollection query) => query.One("cursor") is { Length: > 0 } cursor ? cursor : null;

    /// <summary>How many at most, 1 to 100.</summary>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.InvalidRequest"/>.</exception>
    public static int Limit(this IQueryCollection query, int byDefault)
    {
        if (query.One("limit") is not { } text)
        {
            return byDefault;
        }

        // The framework reads a number over zeros that stand after it.
        return text.All(char.IsAsciiDigit) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is > 0 and <= MostPerPage
            ? limit
            : throw Invalid($"'limit' must be a number from 1 to {MostPerPage}.");
    }

    private static FaceSwapException Invalid(string detail) => new(ErrorCodes.InvalidRequest, detail);
}
