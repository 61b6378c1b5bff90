using System.Net;
using System.Net.Http.Headers;
using System.Text;
using FaceSwap.Errors;
using FaceSwap.Network;
using Microsoft.Extensions.Options;

namespace FaceSwap.Webhooks;

/// <summary>Makes one attempt to deliver a message: signed, time-limited, to an address that passes the guard, following no redirect.</summary>
public sealed class WebhookSender(GuardedHttp http, AddressGuard guard, IOptions<WebhookOptions> options, TimeProvider time)
{
    private const int KeptOfAnswer = 1024;

    /// <param name="id">The message's id.</param>
    /// <param name="url">The receiver.</param>
    /// <param name="body">The JSON.</param>
    /// <param name="secrets">Each of them signs.</param>
    /// <param name="cancellationToken">The host's end; nothing is known then of the attempt.</param>
    public async Task<WebhookAttempt> SendAsync(
        string id, string url, string body, IReadOnlyList<string> secrets, CancellationToken cancellationToken)
    {
        var (at, start) = (time.GetUtcNow(), time.GetTimestamp());
        using var limit = new CancellationTokenSource(options.Value.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        WebhookAttempt attempt;
        try
        {
            using var request = Request(id, url, Encoding.UTF8.GetBytes(body), secrets, at);
            using var response = await http.SendAsync(request, either.Token);
            attempt = new WebhookAttempt(
                Judge(response.StatusCode), at, default, (int)response.StatusCode, await BeginningAsync(response, either.Token), null, RetryAfter(response));
        }
        catch (FaceSwapException e)
        {
            attempt = e.Code == ErrorCodes.AddressRefused
                ? new WebhookAttempt(WebhookAttemptVerdict.GivenUp, at, Problem: AttemptProblem.AddressRefused)
                : new WebhookAttempt(WebhookAttemptVerdict.Retry, at, Problem: AttemptProblem.Unreachable);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            attempt = new WebhookAttempt(WebhookAttemptVerdict.Retry, at, Problem: AttemptProblem.Timeout);
        }

        return attempt with { Latency = time.GetElapsedTime(start) };
    }

    private HttpRequestMessage Request(string id, string url, byte[] body, IReadOnlyList<string> secrets, DateTimeOffset at)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, guard.Parse(url)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(WebhookSignature.IdHeader, id);
        request.Headers.Add(WebhookSignature.TimestampHeader, WebhookSignature.Seconds(at));
        request.Headers.Add(WebhookSignature.SignatureHeader, string.Join(' ', secrets.Select(secret => WebhookSignature.Sign(secret, id, at, body))));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("FaceSwapFunctions", "1"));
        return request;
    }

    private static WebhookAttemptVerdict Judge(HttpStatusCode status) => (int)status switch
    {
        >= 200 and < 300 => WebhookAttemptVerdict.Delivered,
        410 => WebhookAttemptVerdict.GivenUp,
        _ => WebhookAttemptVerdict.Retry,
    };

    // The status decides. A body that breaks off, or drips until the time is over, takes nothing away from it.
    private static async Task<string?> BeginningAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var buffer = new byte[KeptOfAnswer];
        var length = 0;
        try
        {
            await using var content = await response.Content.ReadAsStreamAsync(cancellationToken);
            int read;
            while (length < buffer.Length && (read = await content.ReadAsync(buffer.AsMemory(length), cancellationToken)) > 0)
            {
                length += read;
            }
        }
        catch (Exception e) when (e is IOException or HttpRequestException or OperationCanceledException)
        {
            // What has come until here is kept.
        }

        return length == 0 ? null : Encoding.UTF8.GetString(buffer, 0, length);
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var asked = response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable
            ? response.Headers.RetryAfter?.Delta ?? response.Headers.RetryAfter?.Date - time.GetUtcNow()
            : null;
        return asked > options.Value.LongestRetryAfter ? options.Value.LongestRetryAfter : asked;
    }
}
