using NemoVideo.Simulator.Accounts;
using NemoVideo.Simulator.Ledger;

namespace NemoVideo.Simulator.Desk;

/// <summary>Reads the bearer token of a request.</summary>
internal sealed class Bearer(BackendLedger ledger, TimeProvider time)
{
    private const string Scheme = "Bearer ";

    /// <returns>Null when there is none, or none that is valid now.</returns>
    public Token? Of(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && ledger.World.Tokens.TryGetValue(header[Scheme.Length..], out var token)
            && token.IsValidAt(time.GetUtcNow())
                ? token
                : null;
    }
}
