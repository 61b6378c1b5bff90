using System.Collections.Concurrent;
using FaceSwap.Testing.Time;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FaceSwap.Testing.Webhooks;

/// <summary>A receiver of webhooks on a loopback port: records what comes and answers as it is told, 204 otherwise.</summary>
public sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<WebhookAnswer> answers = [];
    private readonly ConcurrentDictionary<string, WebhookAnswer> paths = [];
    private readonly ConcurrentDictionary<string, ConcurrentQueue<WebhookAnswer>> nextAt = [];
    private readonly ConcurrentQueue<ReceivedWebhook> received = [];
    private readonly WebApplication app;

    private WebhookReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(ReceiveAsync);
    }

    /// <summary>An address deliveries can be sent to; any path below it does as well.</summary>
    public Uri Address => AddressOf("hook");

    /// <summary>An address of its own for one of many receivers.</summary>
    public Uri AddressOf(string name) => new($"{app.Urls.First()}/{name}");

    public IReadOnlyList<ReceivedWebhook> Received => [.. received];

    public static async Task<WebhookReceiver> StartAsync()
    {
        var receiver = new WebhookReceiver();
        await receiver.app.StartAsync();
        return receiver;
    }

    /// <summary>Answers the next deliveries, one each.</summary>
    public void AnswerNext(params WebhookAnswer[] next)
    {
        foreach (var answer in next)
        {
            answers.Enqueue(answer);
        }
    }

    /// <summary>Answers every delivery to one address, whatever the others get.</summary>
    public void AnswerAt(string name, WebhookAnswer answer) => paths[$"/{name}"] = answer;

    /// <summary>Answers the next deliveries to one address, one each; later ones get 204.</summary>
    public void AnswerNextAt(string name, params WebhookAnswer[] next) => nextAt[$"/{name}"] = new ConcurrentQueue<WebhookAnswer>(next);

    /// <summary>Waits until this many deliveries have come.</summary>
    public async Task<IReadOnlyList<ReceivedWebhook>> WaitForAsync(int count, TimeSpan? deadline = null)
    {
        await Eventually.HoldsAsync(() => received.Count >= count, $"{count} webhook deliveries", deadline);
        return Received;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var answer = paths.GetValueOrDefault(http.Request.Path)
            ?? ((nextAt.GetValueOrDefault(http.Request.Path) ?? answers).TryDequeue(out var next) ? next : new WebhookAnswer(StatusCodes.Status204NoContent));
        var headers = http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        received.Enqueue(new ReceivedWebhook(
            http.Request.Path, headers, body.ToArray(), TimeProvider.System.GetUtcNow(), answer.Status));
        await (answer.When ?? Task.CompletedTask).WaitAsync(http.RequestAborted);
        http.Response.StatusCode = answer.Status;
        http.Response.Headers.RetryAfter = answer.RetryAfterSeconds?.ToString();
        http.Response.Headers.Location = answer.Location;
        if (answer.Body is { } text)
        {
            await http.Response.WriteAsync(text, http.RequestAborted);
        }
    }
}
