using System.Text.Json;
using FaceSwap.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FaceSwap.Demo;

/// <summary>A receiver of webhooks on a free loopback port. It believes nothing that is not signed.</summary>
internal sealed class WebhookInbox : IAsyncDisposable
{
    private readonly TaskCompletionSource<ReceivedWebhook> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WebApplication _server;
    private readonly string _secret;
    private readonly TimeProvider _time;

    private WebhookInbox(string secret, TimeProvider time)
    {
        (_secret, _time) = (secret, time);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.MapPost("/webhook", ReceiveAsync);
    }

    public Uri Address => new(new Uri(_server.Urls.Single()), "/webhook");

    /// <summary>The first message that arrived, whatever its verdict.</summary>
    public Task<ReceivedWebhook> First => _first.Task;

    public static async Task<WebhookInbox> OpenAsync(string secret, TimeProvider time, CancellationToken cancellation)
    {
        var inbox = new WebhookInbox(secret, time);
        await inbox._server.StartAsync(cancellation);
        return inbox;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task<IResult> ReceiveAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        var verdict = WebhookSignature.Verify(
            _secret,
            request.Headers[WebhookSignature.IdHeader],
            request.Headers[WebhookSignature.TimestampHeader],
            request.Headers[WebhookSignature.SignatureHeader],
            body.ToArray(),
            _time.GetUtcNow());
        var message = verdict == WebhookVerdict.Valid
            ? JsonSerializer.Deserialize(body.ToArray(), WebhookJson.Wire.JobEvent)
            : null;
        _first.TrySetResult(new ReceivedWebhook(verdict, message));
        return verdict == WebhookVerdict.Valid ? Results.NoContent() : Results.Unauthorized();
    }
}
