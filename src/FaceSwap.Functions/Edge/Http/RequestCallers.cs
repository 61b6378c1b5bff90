using System.Text.Json;
using System.Text.Json.Serialization;
using FaceSwap.Callers;
using FaceSwap.Errors;
using Microsoft.Extensions.Options;

namespace FaceSwap.Functions.Edge.Http;

/// <summary>Who makes a request: the one place that knows. The function key has admitted it already.</summary>
public sealed class RequestCallers(BearerTokens tokens, IOptions<CallerOptions> options)
{
    private const string Bearer = "Bearer ";
    private const string PrincipalPrefix = "X-MS-CLIENT-PRINCIPAL";
    private const string PrincipalId = "X-MS-CLIENT-PRINCIPAL-ID";

    /// <summary>The caller; for an operator who names another one with <c>?caller=</c>, that one, as the operator sees them.</summary>
    /// <exception cref="FaceSwapException">
    /// <see cref="ErrorCodes.Unauthenticated"/>, <see cref="ErrorCodes.Forbidden"/> or <see cref="ErrorCodes.IssuerUnavailable"/>.
    /// </exception>
    public async Task<Caller> OfAsync(HttpRequest request)
    {
        var caller = await ReadAsync(request);
        if (!caller.IsSubmitter && !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            throw new FaceSwapException(ErrorCodes.Forbidden, "Starting and changing things needs the role 'submitter'.");
        }

        return request.Query["caller"] switch
        {
            [] => caller,
            [{ Length: > 0 } other] when caller.IsOperator => caller with { Id = other },
            _ => throw new FaceSwapException(ErrorCodes.Forbidden, "Only an operator may name another caller."),
        };
    }

    private async Task<Caller> ReadAsync(HttpRequest request)
    {
        if (request.Headers.Any(header => header.Key.StartsWith(PrincipalPrefix, StringComparison.OrdinalIgnoreCase)))
        {
            // Anybody can send these headers; where the platform's sign-in stands before the app, it alone does.
            return options.Value.IsBehindPlatformAuth
                ? Principal(request)
                : throw Refused("The request brings the platform's principal, and the platform's sign-in is not on here.");
        }

        if (request.Headers.Authorization is [{ } authorization, ..])
        {
            return request.Headers.Authorization.Count == 1 && authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
                ? await tokens.ReadAsync(authorization[Bearer.Length..].Trim(), request.HttpContext.RequestAborted)
                : throw Refused("'Authorization' must be one bearer token.");
        }

        return options.Value.Required ? throw Refused("The request brings no bearer token.") : Caller.Default with { IsSubmitter = !options.Value.RequireSubmitter };
    }

    private Caller Principal(HttpRequest request)
    {
        try
        {
            var principal = JsonSerializer.Deserialize(Convert.FromBase64String(request.Headers[PrincipalPrefix].ToString()), PrincipalJson.Default.PlatformPrincipal);
            bool HasRole(string role) => principal?.Claims?.Any(claim => (claim.Type == options.Value.RoleClaim || claim.Type == principal.RoleType) && claim.Value == role) == true;
            return CallerIds.Of(request.Headers[PrincipalId]) is { } id ? Caller.Of(id, HasRole, options.Value.RequireSubmitter) : throw Refused("The platform's principal names nobody.");
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            throw Refused("The platform's principal cannot be read.");
        }
    }

    private static FaceSwapException Refused(string detail) => new(ErrorCodes.Unauthenticated, detail);
}

/// <summary>Who signed in, as Azure's own sign-in tells the app behind it.</summary>
internal sealed record PlatformPrincipal(
    [property: JsonPropertyName("claims")] IReadOnlyList<PlatformClaim>? Claims, [property: JsonPropertyName("role_typ")] string? RoleType);

internal sealed record PlatformClaim([property: JsonPropertyName("typ")] string? Type, [property: JsonPropertyName("val")] string? Value);

[JsonSerializable(typeof(PlatformPrincipal))]
internal sealed partial class PrincipalJson : JsonSerializerContext;
