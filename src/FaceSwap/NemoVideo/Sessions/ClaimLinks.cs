using System.Text.Json;
using FaceSwap.Errors;
using FaceSwap.NemoVideo.Transport;
using Microsoft.Extensions.Options;

namespace FaceSwap.NemoVideo.Sessions;

/// <summary>Links by which a person opens a project in the browser without ever seeing the app's token. Source: backend contract, Tokens.</summary>
public sealed class ClaimLinks(NemoTransport transport, IOptions<NemoOptions> options, TimeProvider time)
{
    /// <exception cref="FaceSwapException">The backend refused, or its site is not configured.</exception>
    public async Task<ClaimLink> MakeAsync(NemoSession session, CancellationToken cancellationToken)
    {
        var web = options.Value.WebUrl
            ?? throw new FaceSwapException(ErrorCodes.NothingToContinue, "The backend's site is not configured.") { Remedy = "Operator: set Nemo:WebUrl." };
        var body = JsonSerializer.SerializeToUtf8Bytes(new ClaimTokenRequest(session.TaskId, session.SessionId), SessionJson.Default.ClaimTokenRequest);
        using var answer = await transport.PostAsync("api/auth/claim-token", body, repeatable: true, cancellationToken);
        return answer.Read(root =>
        {
            var data = root.GetProperty("data");
            var token = data.GetProperty("claim_token").GetString()!;
            return new ClaimLink(
                new Uri($"{web.AbsoluteUri.TrimEnd('/')}/workspace/claim?ct={Uri.EscapeDataString(token)}"),
                time.GetUtcNow().AddSeconds(data.GetProperty("expires_in").GetInt64()));
        });
    }
}

/// <summary>A link that opens one project in the browser.</summary>
public sealed record ClaimLink(Uri Url, DateTimeOffset ExpiresAt);

internal sealed record ClaimTokenRequest(string TaskId, string SessionId);
