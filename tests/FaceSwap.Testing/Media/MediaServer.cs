using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FaceSwap.Testing.Media;

/// <summary>A server of media on a loopback port, honest or not. A path that nothing was put at answers 404.</summary>
public sealed class MediaServer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Func<HttpContext, Task>> paths = [];
    private readonly ConcurrentQueue<string> requests = [];
    private readonly WebApplication app;

    private MediaServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(AnswerAsync);
    }

    /// <summary>What was asked for, as <c>METHOD /path</c>.</summary>
    public IReadOnlyList<string> Requests => [.. requests];

    public static async Task<MediaServer> StartAsync()
    {
        var server = new MediaServer();
        await server.app.StartAsync();
        return server;
    }

    public Uri AddressOf(string name) => new($"{app.Urls.First()}/{name}");

    /// <summary>Serves a file, byte ranges included.</summary>
    public Uri Serve(string name, byte[] content, string contentType = "application/octet-stream") =>
        Put(name, http => Results.Bytes(content, contentType, enableRangeProcessing: true).ExecuteAsync(http));

    /// <summary>Sends the caller somewhere else.</summary>
    public Uri Redirect(string name, Uri target, int status = StatusCodes.Status302Found) => Put(name, http =>
    {
        http.Response.StatusCode = status;
        http.Response.Headers.Location = target.ToString();
        return Task.CompletedTask;
    });

    /// <summary>Answers a status and nothing else.</summary>
    public Uri Answer(string name, int status) => Put(name, http =>
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    });

    /// <summary>Sends a file without saying how long it is.</summary>
    public Uri ServeWithoutLength(string name, byte[] content) => Put(name, async http =>
    {
        await http.Response.StartAsync(http.RequestAborted);
        await http.Response.Body.WriteAsync(content, http.RequestAborted);
    });

    /// <summary>Promises more than it sends, and breaks the connection then.</summary>
    public Uri BreakOff(string name, byte[] content, long promisedLength) => Put(name, async http =>
    {
        http.Response.ContentLength = promisedLength;
        await http.Response.Body.WriteAsync(content, http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
        http.Abort();
    });

    /// <summary>Begins with some content and goes on with zeros up to a length, which it says only if told to.</summary>
    public Uri ServeLarge(string name, byte[] beginning, long length, bool sayLength) => Put(name, async http =>
    {
        http.Response.ContentLength = sayLength ? length : null;
        await http.Response.Body.WriteAsync(beginning, http.RequestAborted);
        var zeros = new byte[81_920];
        for (var left = length - beginning.Length; left > 0; left -= zeros.Length)
        {
            await http.Response.Body.WriteAsync(zeros.AsMemory(0, (int)Math.Min(zeros.Length, left)), http.RequestAborted);
        }
    });

    /// <summary>Sends the first half, waits for the task, sends the rest.</summary>
    public Uri Pause(string name, byte[] content, Task until) => Put(name, async http =>
    {
        var half = content.Length / 2;
        http.Response.ContentLength = content.Length;
        await http.Response.Body.WriteAsync(content.AsMemory(0, half), http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
        await until.WaitAsync(http.RequestAborted);
        await http.Response.Body.WriteAsync(content.AsMemory(half), http.RequestAborted);
    });

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private Uri Put(string name, Func<HttpContext, Task> answer)
    {
        paths[$"/{name}"] = answer;
        return AddressOf(name);
    }

    private async Task AnswerAsync(HttpContext http)
    {
        requests.Enqueue($"{http.Request.Method} {http.Request.Path}");
        if (!paths.TryGetValue(http.Request.Path, out var answer))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        try
        {
            await answer(http);
        }
        catch (OperationCanceledException)
        {
            // The caller has heard enough; many tests are about just that.
        }
    }
}
