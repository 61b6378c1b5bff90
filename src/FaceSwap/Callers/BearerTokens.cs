using FaceSwap.Errors;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace FaceSwap.Callers;

/// <summary>Reads bearer tokens of the configured issuer: signed by its keys, for this API, and of now.</summary>
/// <remarks>The issuer's keys are fetched when they are first needed, after half a day, and for a key that is not among them.</remarks>
public sealed class BearerTokens : IDisposable
{
    // Entra ID names a person or an app by this in every token; other issuers have the subject alone.
    private const string ObjectId = "oid";
    private static readonly TimeSpan KeysAreGoodFor = TimeSpan.FromHours(12);
    private static readonly TimeSpan KeysAreOldAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(1);

    private readonly CallerOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;
    private readonly HttpDocumentRetriever _documents;
    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };
    private readonly SemaphoreSlim _fetching = new(1, 1);
    private KnownIssuer? _known;

    public BearerTokens(IOptions<CallerOptions> options, TimeProvider time)
    {
        (_options, _time) = (options.Value, time);
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        _http = new HttpClient(handler) { Timeout = AnswersWithin };
        _documents = new HttpDocumentRetriever(_http) { RequireHttps = _options.Authority?.IsLoopback != true };
    }

    /// <summary>Who a token is of.</summary>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.Unauthenticated"/>, or <see cref="ErrorCodes.IssuerUnavailable"/>.</exception>
    public async Task<Caller> ReadAsync(string token, CancellationToken cancellationToken)
    {
        var result = await ValidateAsync(token, KeysAreGoodFor, cancellationToken);
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            result = await ValidateAsync(token, KeysAreOldAfter, cancellationToken);
        }

        if (!result.IsValid)
        {
            throw Refused(result.Exception switch
            {
                SecurityTokenInvalidLifetimeException or SecurityTokenExpiredException => "The bearer token has expired, or is not valid yet.",
                SecurityTokenInvalidAudienceException => "The bearer token is for another audience.",
                SecurityTokenInvalidIssuerException => "The bearer token is of another issuer.",
                _ => "The bearer token is none that the issuer signed.",
            });
        }

        var claims = result.ClaimsIdentity;
        return CallerIds.Of(claims.FindFirst(ObjectId)?.Value ?? claims.FindFirst(JwtRegisteredClaimNames.Sub)?.Value) is { } id
            ? Caller.Of(id, role => claims.HasClaim(_options.RoleClaim, role), _options.RequireSubmitter)
            : throw Refused("The bearer token names nobody.");
    }

    public void Dispose()
    {
        _http.Dispose();
        _fetching.Dispose();
    }

    private async Task<TokenValidationResult> ValidateAsync(string token, TimeSpan oldestKeys, CancellationToken cancellationToken)
    {
        var issuer = await IssuerAsync(oldestKeys, cancellationToken);
        return await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = issuer.Issuer,
            IssuerSigningKeys = issuer.SigningKeys,
            ValidAudience = _options.Audience,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256],
            ClockSkew = ClocksDiffer,
            LifetimeValidator = IsOfNow,
        });
    }

    private bool IsOfNow(DateTime? from, DateTime? until, SecurityToken token, TokenValidationParameters rules)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        return until + rules.ClockSkew > now && !(from - rules.ClockSkew > now);
    }

    private async Task<OpenIdConnectConfiguration> IssuerAsync(TimeSpan oldest, CancellationToken cancellationToken)
    {
        if (_options.Authority is not { } authority)
        {
            throw Refused("No bearer token is taken here: the app knows no issuer (Callers__Authority).");
        }

        if (IsYoung(oldest))
        {
            return _known!.Tells;
        }

        await _fetching.WaitAsync(cancellationToken);
        try
        {
            if (!IsYoung(oldest))
            {
                var tells = await OpenIdConnectConfigurationRetriever.GetAsync(
                    $"{authority.AbsoluteUri.TrimEnd('/')}/.well-known/openid-configuration", _documents, cancellationToken);
                _known = new KnownIssuer(tells, _time.GetUtcNow());
            }
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // What it told before is good while it is away.
            if (_known is null)
            {
                throw new FaceSwapException(ErrorCodes.IssuerUnavailable, "The issuer of the tokens does not tell its keys.", AnswersWithin, e);
            }
        }
        finally
        {
            _fetching.Release();
        }

        return _known!.Tells;
    }

    private bool IsYoung(TimeSpan oldest) => _known is { } known && _time.GetUtcNow() - known.At < oldest;

    private static FaceSwapException Refused(string detail) => new(ErrorCodes.Unauthenticated, detail);

    private sealed record KnownIssuer(OpenIdConnectConfiguration Tells, DateTimeOffset At);
}
