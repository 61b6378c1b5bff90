using System.Globalization;
using System.Text;
using FaceSwap.Functions.Http.Edge;
using FaceSwap.Functions.Instances;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FaceSwap.Functions.Http.Jobs;

/// <summary><c>GET /api/jobs/{id}/events</c>: the job as a stream of server-sent events, each the whole job, until it ends.</summary>
public sealed class WatchJob(RouteEdge edge, JobReader jobs, JobWatches watches, TimeProvider time)
{
    [Function(nameof(WatchJob))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "jobs/{id}/events")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            var reading = await jobs.ReadAsync(id, caller, client, cancellationToken);
            var seen = long.TryParse(request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
            if (reading.Outcome is not null && JobSnapshot.NumberOf(await jobs.ViewAsync(reading, cancellationToken)) <= seen)
            {
                // By this a browser knows that it need not come again.
                return Results.NoContent();
            }

            return new JobEvents(token => watches.WatchAsync(id, client, token), seen, time);
        });
}

/// <summary>A stream of server-sent events: a job's snapshots, and a heartbeat where nothing happens.</summary>
/// <param name="watch">The snapshots.</param>
/// <param name="seen">The number of the newest snapshot that the caller has; -1: none.</param>
internal sealed class JobEvents(Func<CancellationToken, IAsyncEnumerable<JobSnapshot>> watch, long seen, TimeProvider time) : IResult
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

        using var limit = new CancellationTokenSource(Longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, limit.Token);
        try
        {
            await WriteAsync(response.Body, Beginning, either.Token);
            await FollowAsync(response.Body, either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // The caller is gone, or comes again.
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

    private static byte[] Frame(JobSnapshot snapshot) =>
        [.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {snapshot.Number}\nevent: job\ndata: ")), .. snapshot.Json.Span, (byte)'\n', (byte)'\n'];

    private static async Task WriteAsync(Stream body, byte[] bytes, CancellationToken cancellationToken)
    {
        await body.WriteAsync(bytes, cancellationToken);
        await body.FlushAsync(cancellationToken);
    }
}
