using System.Net;
using System.Net.Http.Headers;
using System.Text;
using FaceSwap.Errors;
using FaceSwap.Network;
using Microsoft.Extensions.Options;

namespace FaceSwap.Webhooks;

/// <summary>Makes one attempt to deliver a message: signed, time-limited, to an address that passes the guard, following no redirect.</summary>
public sealed class WebhookSender(GuardedHttp http, AddressGuard guard, WebhookSecrets secrets, IOptions<WebhookOptions> options, TimeProvider time)
{
    public async Task<WebhookAttempt> SendAsync(WebhookMessage message, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.Value.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using var request = Request(message);
            using var response = await http.SendAsync(request, either.Token);
            return new WebhookAttempt(Judge(response.StatusCode), (int)response.StatusCode, RetryAfter(response));
        }
        catch (FaceSwapException e)
        {
            return new WebhookAttempt(e.Code == ErrorCodes.AddressRefused ? WebhookAttemptVerdict.GivenUp : WebhookAttemptVerdict.Retry, null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new WebhookAttempt(WebhookAttemptVerdict.Retry, null);
        }
    }

    private HttpRequestMessage Request(WebhookMessage message)
    {
        var body = Encoding.UTF8.GetBytes(message.Body);
        var now = time.GetUtcNow();
        var request = new HttpRequestMessage(HttpMethod.Post, guard.Parse(message.Url)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(WebhookSignature.IdHeader, message.Id);
        request.Headers.Add(WebhookSignature.TimestampHeader, WebhookSignature.Seconds(now));
        request.Headers.Add(WebhookSignature.SignatureHeader, WebhookSignature.Sign(secrets.For(message.EndpointId), message.Id, now, body));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("FaceSwapFunctions", "1"));
        return request;
    }

    private static WebhookAttemptVerdict Judge(HttpStatusCode status) => (int)status switch
    {
        >= 200 and < 300 => WebhookAttemptVerdict.Delivered,
        410 => WebhookAttemptVerdict.GivenUp,
        _ => WebhookAttemptVerdict.Retry,
    };

    private TimeSpan? RetryAfter(HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable
            ? response.Headers.RetryAfter?.Delta ?? response.Headers.RetryAfter?.Date - time.GetUtcNow()
            : null;
}
