using System.Text.Json;
using FaceSwap.Errors;
using Microsoft.Extensions.Options;

namespace FaceSwap.NemoVideo.Tokens;

/// <summary>Asks the backend for an anonymous token. Source: backend contract, Tokens.</summary>
public sealed class AnonymousTokenClient(HttpClient http, IOptions<NemoOptions> options, TimeProvider time)
{
    // As documented.
    private static readonly TimeSpan Validity = TimeSpan.FromDays(7);

    /// <summary>Asks for the token of a client.</summary>
    /// <param name="clientId">The client.</param>
    /// <param name="isPatient">Whether a refusal is waited for and asked again once, unless it asks for more than the usual wait.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    internal async Task<AnonymousToken> RequestAsync(string clientId, bool isPatient, CancellationToken cancellationToken)
    {
        var wait = options.Value.RateLimitWait;
        try
        {
            return await RequestAsync(clientId, cancellationToken);
        }
        catch (FaceSwapException refusal) when (isPatient && refusal.Code == ErrorCodes.RateLimited && (refusal.RetryAfter ?? wait) <= wait)
        {
            await Task.Delay(wait, time, cancellationToken);
            return await RequestAsync(clientId, cancellationToken);
        }
    }

    private Task<AnonymousToken> RequestAsync(string clientId, CancellationToken cancellationToken) =>
        NemoCall.WithinAsync(options.Value.RequestTimeout, time, within => SendAsync(clientId, within), cancellationToken);

    private async Task<AnonymousToken> SendAsync(string clientId, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/auth/anonymous-token");
        request.Headers.Add("X-Client-Id", clientId);
        using var response = await http.SendAsync(request, cancellationToken);
        using var answer = await NemoAnswer.ReadAsync(response, time, cancellationToken);
        return answer.Read(root =>
        {
            var data = root.GetProperty("data");
            return new AnonymousToken(
                clientId,
                data.GetProperty("token").GetString()!,
                data.TryGetProperty("user_id", out var user) && user.ValueKind == JsonValueKind.String ? user.GetString()! : "",
                ExpiryOf(data));
        });
    }

    // The client gets no other token for a week: one whose end cannot be read is kept, and lasts as long as all of them do.
    private DateTimeOffset ExpiryOf(JsonElement data) =>
        data.TryGetProperty("expires_at", out var text) && text.ValueKind == JsonValueKind.String && text.TryGetDateTimeOffset(out var end)
            ? end
            : time.GetUtcNow() + Validity;
}
