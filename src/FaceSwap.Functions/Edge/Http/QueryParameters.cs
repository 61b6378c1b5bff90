using System.Globalization;
using FaceSwap.Errors;

namespace FaceSwap.Functions.Edge.Http;

/// <summary>The parameters of a request, each at most once: of two values one would be left out without a word.</summary>
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

    /// <summary>Which page of a listing that knows no other parameters.</summary>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.InvalidRequest"/>.</exception>
    public static (string? Cursor, int Limit) Page(this IQueryCollection query, int byDefault) =>
        (query.Only("limit", "cursor").Cursor(), query.Limit(byDefault));

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
    public static bool IsValidation(this IQueryCollection query, params ReadOnlySpan<string> others) =>
        query.Only(["validate_only", .. others]).Flag("validate_only", byDefault: false);

    /// <summary>This query, if it has no other parameters: a misspelt one would give another answer without a word.</summary>
    /// <param name="query">The query.</param>
    /// <param name="names">The parameters that the route knows.</param>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.InvalidRequest"/>: there is another.</exception>
    public static IQueryCollection Only(this IQueryCollection query, params ReadOnlySpan<string> names)
    {
        foreach (var name in query.Keys)
        {
            // The caller whom an operator stands in for, and how the platform takes a function key.
            if (name is not ("caller" or "code" or "clientId") && !names.Contains(name))
            {
                var shown = name.Length <= LongestShown ? name : $"{name[..LongestShown]}…";
                throw Invalid($"The parameter '{shown}' is not known here; there is {string.Join(", ", names.ToArray().Select(known => $"'{known}'"))}.");
            }
        }

        return query;
    }

    /// <summary>What is either true or false.</summary>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.InvalidRequest"/>.</exception>
    public static bool Flag(this IQueryCollection query, string name, bool byDefault) => query.One(name) switch
    {
        null => byDefault,
        "true" => true,
        "false" => false,
        _ => throw Invalid($"'{name}' must be 'true' or 'false'."),
    };

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
