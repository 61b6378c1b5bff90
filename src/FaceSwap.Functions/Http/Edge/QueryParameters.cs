using System.Globalization;
using FaceSwap.Errors;
using Microsoft.AspNetCore.Http;

namespace FaceSwap.Functions.Http.Edge;

/// <summary>The parameters of a listing, each at most once: of two values one would be left out without a word.</summary>
internal static class QueryParameters
{
    private const int MostPerPage = 100;
    private const int LongestShown = 32;

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

    /// <summary>Whether a submission is only to be looked at, by <c>validate_only</c>. Whoever misspells it must not be charged: other parameters are refused.</summary>
    /// <param name="query">The query.</param>
    /// <param name="others">The parameters that the route knows besides.</param>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.InvalidRequest"/>.</exception>
    public static bool IsValidation(this IQueryCollection query, params ReadOnlySpan<string> others)
    {
        foreach (var name in query.Keys)
        {
            if (name is not ("validate_only" or "caller" or "code" or "clientId") && !others.Contains(name))
            {
                throw Invalid($"The parameter '{(name.Length <= LongestShown ? name : $"{name[..LongestShown]}…")}' is not known here; there is 'validate_only'.");
            }
        }

        return query["validate_only"] switch
        {
            [] or ["false"] => false,
            ["true"] => true,
            _ => throw Invalid("'validate_only' must be 'true' or 'false'."),
        };
    }

    /// <summary>A number; null where it is not given.</summary>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.InvalidRequest"/>.</exception>
    public static int? Number(this IQueryCollection query, string name) => query.One(name) switch
    {
        null => null,
        var text when text.All(char.IsAsciiDigit) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw Invalid($"'{name}' must be a number."),
    };

    private static FaceSwapException Invalid(string detail) => new(ErrorCodes.InvalidRequest, detail);
}
