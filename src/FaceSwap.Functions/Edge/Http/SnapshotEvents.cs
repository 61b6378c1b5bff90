using System.Globalization;
using System.Text;
using FaceSwap.Functions.Edge.Durable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FaceSwap.Functions.Edge.Http;

/// <summary>A stream of server-sent events: the snapshots of what is watched, and a heartbeat where nothing happens.</summary>
/// <param name="name">What the events are called.</param>
/// <param name="watch">The snapshots.</param>
/// <param name="seen">The number of the newest snapshot that the caller has; -1: none.</param>
/// <param name="time">The clock of heartbeats and of the stream's end.</param>
internal sealed class SnapshotEvents<TView>(string name, Func<CancellationToken, IAsyncEnumerable<Snapshot<TView>>> watch, long seen, TimeProvider time) : IResult
    where TView : class
{
    // The platform's front ends end a request after 230 s; whoever comes again goes on where the stream ended.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(200);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
    private static readonly byte[] Beginning = "retry: 1000\n\n"u8.ToArray();
    private static readonly byte[] Beat = ":\n\n"u8.ToArray();

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "text/event-stream";
        response.Headers["X-Accel-Buffering"] = "no";
        if (HttpMethods.IsHead(httpContext.Request.Method))
        {
            return;
        }

        // A worker that is told to stop ends its streams: otherwise they would hold it for as long as it may take, and then be reset.
        var stopping = httpContext.RequestServices?.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None;
        using var limit = new CancellationTokenSource(Longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, limit.Token, stopping);
        try
        {
            await WriteAsync(response.Body, Beginning, either.Token);
            await FollowAsync(response.Body, either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // The caller is gone, or reconnects.
        }
    }

    private async Task FollowAsync(Stream body, CancellationToken cancellationToken)
    {
        await using var snapshots = watch(cancellationToken).GetAsyncEnumerator(cancellationToken);
        var next = snapshots.MoveNextAsync().AsTask();
        try
        {
            while (true)
            {
                await Task.WhenAny(next, Task.Delay(Heartbeat, time, cancellationToken));
                if (!next.IsCompleted)
                {
                    await WriteAsync(body, Beat, cancellationToken);
                    continue;
                }

                if (!await next)
                {
                    return;
                }

                if (snapshots.Current.Number > seen)
                {
                    await WriteAsync(body, Frame(snapshots.Current), cancellationToken);
                }

                next = snapshots.MoveNextAsync().AsTask();
            }
        }
        finally
        {
            // The snapshots are not let go while the next one is awaited.
            await next.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private byte[] Frame(Snapshot<TView> snapshot) =>
        [.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {snapshot.Number}\nevent: {name}\ndata: ")), .. snapshot.Json.Span, (byte)'\n', (byte)'\n'];

    private static async Task WriteAsync(Stream body, byte[] bytes, CancellationToken cancellationToken)
    {
        await body.WriteAsync(bytes, cancellationToken);
        await body.FlushAsync(cancellationToken);
    }
}

/// <summary>What a caller of a stream has seen already.</summary>
internal static class SeenEvents
{
    /// <summary>The answer to who has seen the end: by this a browser knows that it need not come again.</summary>
    public static IResult NothingMore { get; } = Results.NoContent();

    /// <summary>The number of the newest snapshot that a caller has, by <c>Last-Event-ID</c>; -1: none.</summary>
    public static long By(HttpRequest request) =>
        long.TryParse(request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
