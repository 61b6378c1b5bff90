using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace FaceSwap.Testing.Callers;

/// <summary>An OpenID Connect issuer on a loopback port: it tells its keys, and issues tokens, honest or not.</summary>
public sealed class TokenIssuer : IAsyncDisposable
{
    /// <summary>The audience that honest tokens are for.</summary>
    public const string Audience = "api://face-swap";

    private readonly JsonWebTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly WebApplication app;
    private RSA key = RSA.Create(2048);
    private int keys = 1;

    private TokenIssuer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(AnswerAsync);
    }

    public Uri Address => new(app.Urls.First());

    /// <summary>The address as tokens name it.</summary>
    public string Name => Address.AbsoluteUri.TrimEnd('/');

    /// <summary>Whether it answers at all.</summary>
    public bool IsAway { get; set; }

    /// <summary>The key that signs, for tokens that misuse it.</summary>
    public RsaSecurityKey Key => new(key) { KeyId = $"key-{keys}" };

    public static async Task<TokenIssuer> StartAsync()
    {
        var issuer = new TokenIssuer();
        await issuer.app.StartAsync();
        return issuer;
    }

    /// <summary>Signs with another key from now on; the old one is told no more.</summary>
    public void Rotate()
    {
        key.Dispose();
        key = RSA.Create(2048);
        keys++;
    }

    /// <summary>A token.</summary>
    /// <param name="subject">Who it is of; null: nobody.</param>
    /// <param name="now">When it is issued; it is good for an hour.</param>
    /// <param name="role">The role, or null.</param>
    /// <param name="change">What is other than it should be.</param>
    public string Issue(string? subject, DateTimeOffset now, string? role = null, Action<SecurityTokenDescriptor>? change = null)
    {
        var descriptor = new SecurityTokenDescriptor
        {
            Issuer = Name,
            Audience = Audience,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = now.UtcDateTime.AddHours(1),
            SigningCredentials = new SigningCredentials(Key, SecurityAlgorithms.RsaSha256),
            Claims = new Dictionary<string, object>(),
        };
        if (subject is not null)
        {
            descriptor.Claims["sub"] = subject;
        }

        if (role is not null)
        {
            descriptor.Claims["roles"] = new[] { "somebody", role };
        }

        change?.Invoke(descriptor);
        return handler.CreateToken(descriptor);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        key.Dispose();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        if (IsAway)
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        JsonObject answer = http.Request.Path == "/keys"
            ? new() { ["keys"] = new JsonArray(PublicKey()) }
            : new() { ["issuer"] = Name, ["jwks_uri"] = $"{Name}/keys" };
        await http.Response.WriteAsJsonAsync(answer, http.RequestAborted);
    }

    private JsonObject PublicKey()
    {
        var parts = key.ExportParameters(includePrivateParameters: false);
        return new()
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["kid"] = $"key-{keys}",
            ["n"] = Base64UrlEncoder.Encode(parts.Modulus),
            ["e"] = Base64UrlEncoder.Encode(parts.Exponent),
        };
    }
}
