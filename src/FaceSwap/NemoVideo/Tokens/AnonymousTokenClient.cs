using FaceSwap.Errors;
using Microsoft.Extensions.Options;

namespace FaceSwap.NemoVideo.Tokens;

/// <summary>Asks the backend for an anonymous token. Source: backend contract, Tokens.</summary>
public sealed class AnonymousTokenClient(HttpClient http, NemoRetry retry, IOptions<NemoOptions> options, TimeProvider time)
{
    internal Task<AnonymousToken> RequestAsync(string clientId, CancellationToken cancellationToken) =>
        retry.RunAsync(repeatable: false, token => SendAsync(clientId, token), cancellationToken);

    private async Task<AnonymousToken> SendAsync(string clientId, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.Value.RequestTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/auth/anonymous-token");
        request.Headers.Add("X-Client-Id", clientId);
        try
        {
            using var response = await http.SendAsync(request, either.Token);
            using var answer = await NemoAnswer.ReadAsync(response, time, either.Token);
            var data = answer.RootElement.GetProperty("data");
            return new AnonymousToken(
                data.GetProperty("token").GetString()!,
                clientId,
                data.TryGetProperty("user_id", out var user) ? user.GetString() ?? "" : "",
                data.GetProperty("expires_at").GetDateTimeOffset());
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new FaceSwapException(ErrorCodes.BackendUnavailable, "The backend did not answer in time.");
        }
        catch (HttpRequestException e)
        {
            throw new FaceSwapException(ErrorCodes.BackendUnavailable, "The connection to the backend failed.", inner: e);
        }
    }
}
