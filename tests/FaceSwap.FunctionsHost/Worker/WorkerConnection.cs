using System.Collections.Concurrent;
using System.Threading.Channels;
using FaceSwap.FunctionsHost.Protocol;
using Grpc.Core;
using RpcException = Grpc.Core.RpcException;

namespace FaceSwap.FunctionsHost.Worker;

/// <summary>One worker's stream: requests go out, each answer goes to whoever asked.</summary>
internal sealed class WorkerConnection(IWorkerLog log)
{
    private readonly Channel<StreamingMessage> outbox = Channel.CreateUnbounded<StreamingMessage>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> asked = [];
    private readonly CancellationTokenSource gone = new();
    private string reason = "The worker is gone.";

    /// <summary>Carries messages until the worker hangs up or <see cref="Close"/> is called.</summary>
    public async Task RunAsync(IAsyncStreamReader<StreamingMessage> requests, IServerStreamWriter<StreamingMessage> responses, CancellationToken cancellation)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation, gone.Token);
        var writing = WriteAsync(responses, ended.Token);
        try
        {
            while (await requests.MoveNext(ended.Token))
            {
                Take(requests.Current);
            }
        }
        catch (Exception problem) when (problem is OperationCanceledException or IOException or RpcException)
        {
            // The worker is gone; its process tells why.
        }

        await ended.CancelAsync();
        await writing;
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
            await using var registration = gone.Token.Register(() => answer.TrySetException(new WorkerProcessExitException(reason)));
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

    /// <summary>Fails all that is asked, with the reason.</summary>
    public void Close(string why)
    {
        reason = why;
        gone.Cancel();
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
        try
        {
            await foreach (var message in outbox.Reader.ReadAllAsync(cancellation))
            {
                await responses.WriteAsync(message, cancellation);
            }
        }
        catch (Exception problem) when (problem is OperationCanceledException or IOException or InvalidOperationException or RpcException)
        {
            // As above: whoever waits for an answer is told by Close.
        }
    }
}
