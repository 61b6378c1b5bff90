using System.Collections.Concurrent;
using System.Threading.Channels;
using FaceSwap.LocalHost.Protocol;
using Grpc.Core;
using RpcException = Grpc.Core.RpcException;

namespace FaceSwap.LocalHost.Worker;

/// <summary>One worker's stream: requests go out, each answer goes to whoever asked.</summary>
#pragma warning disable CA1001 // No timer and no wait handle depends on it, and late callers still use its token.
internal sealed class WorkerConnection(WorkerLog log)
#pragma warning restore CA1001
{
    private readonly Channel<StreamingMessage> outbox = Channel.CreateUnbounded<StreamingMessage>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> asked = [];
    private readonly CancellationTokenSource gone = new();
    private readonly TaskCompletionSource hungUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Func<Exception> failure = () => new WorkerProcessExitException("The worker is gone.");

    /// <summary>Ends when the stream has ended, whoever ended it.</summary>
    public Task HungUp => hungUp.Task;

    /// <summary>Carries messages until the worker hangs up or <see cref="Close"/> is called.</summary>
    public async Task RunAsync(IAsyncStreamReader<StreamingMessage> requests, IServerStreamWriter<StreamingMessage> responses, CancellationToken cancellation)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation, gone.Token);
        try
        {
            var reading = ReadAsync(requests, ended.Token);
            var writing = WriteAsync(responses, ended.Token);
            await Task.WhenAny(reading, writing);
            await ended.CancelAsync();
            await Task.WhenAll(reading, writing);
        }
        catch (Exception problem) when (problem is OperationCanceledException or IOException or InvalidOperationException or RpcException)
        {
            // The worker is gone, or is about to be: its process tells why.
        }
        finally
        {
            hungUp.TrySetResult();
        }
    }

    /// <summary>Sends a request and waits for its answer.</summary>
    /// <exception cref="WorkerProcessExitException">The worker ended before it answered.</exception>
    public async Task<StreamingMessage> AskAsync(StreamingMessage request)
    {
        var answer = new TaskCompletionSource<StreamingMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        asked[request.RequestId] = answer;
        try
        {
            // Registered after the entry: a worker that is gone already fails this at once, one that goes later finds the entry.
            await using var registration = gone.Token.Register(() => answer.TrySetException(failure()));
            Tell(request);
            return await answer.Task;
        }
        finally
        {
            asked.TryRemove(request.RequestId, out _);
        }
    }

    /// <summary>Sends a message that has no answer.</summary>
    public void Tell(StreamingMessage message) => outbox.Writer.TryWrite(message);

    /// <summary>Fails all that is asked, now and later; the first reason stays.</summary>
    public void Close(Func<Exception> why)
    {
        if (!gone.IsCancellationRequested)
        {
            failure = why;
        }

        gone.Cancel();
    }

    private async Task ReadAsync(IAsyncStreamReader<StreamingMessage> requests, CancellationToken cancellation)
    {
        while (await requests.MoveNext(cancellation))
        {
            Take(requests.Current);
        }
    }

    private void Take(StreamingMessage message)
    {
        if (message.ContentCase == StreamingMessage.ContentOneofCase.RpcLog)
        {
            log.Write(message.RpcLog);
        }
        else if (asked.TryGetValue(message.RequestId, out var answer))
        {
            answer.TrySetResult(message);
        }
    }

    private async Task WriteAsync(IServerStreamWriter<StreamingMessage> responses, CancellationToken cancellation)
    {
        await foreach (var message in outbox.Reader.ReadAllAsync(cancellation))
        {
            await responses.WriteAsync(message, cancellation);
        }
    }
}
