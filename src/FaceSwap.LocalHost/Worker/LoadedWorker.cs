using System.Net.Sockets;
using FaceSwap.LocalHost.Functions;
using FaceSwap.LocalHost.Protocol;
using Microsoft.Azure.WebJobs.Host;

namespace FaceSwap.LocalHost.Worker;

/// <summary>A worker process that has told its functions and loaded them.</summary>
internal sealed class LoadedWorker : IAsyncDisposable
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(5);
    private readonly WorkerConnection connection;
    private readonly TimeProvider time;
    private string? aborted;
    private int requests;

    private LoadedWorker(WorkerProcess process, WorkerConnection connection, TimeProvider time)
    {
        Process = process;
        this.connection = connection;
        this.time = time;
        Exited = WatchAsync();
    }

    public WorkerProcess Process { get; }

    /// <summary>Ends, with a sentence, when the process has ended.</summary>
    public Task<string> Exited { get; }

    /// <summary>Whether the host ended it because a function would not end.</summary>
    public bool IsAborted => aborted is not null;

    public IReadOnlyList<AppFunction> Functions { get; private set; } = [];

    /// <summary>Where the worker takes HTTP requests.</summary>
    public Uri HttpAddress { get; private set; } = null!;

    /// <summary>Starts a worker and has it load its functions.</summary>
    /// <exception cref="StartupException">It ended, took too long, or a function does not load.</exception>
    public static async Task<LoadedWorker> StartAsync(
        WorkerEndpoint endpoint, LocalHostOptions options, WorkerLog log, TimeProvider time, Action<string> write, CancellationToken cancellation)
    {
        var id = Guid.CreateVersion7(time.GetUtcNow()).ToString();
        var connection = new WorkerConnection(log);
        var connected = endpoint.Expect(id, connection);
        var worker = new LoadedWorker(WorkerProcess.Start(options.App, endpoint.Address, id, write), connection, time);
        try
        {
            await worker.WithinAsync(worker.LoadAsync(connected, options.App), options.WorkerStartLimit, cancellation);
            return worker;
        }
        catch
        {
            await worker.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a function. Cancelling asks the function to end; the answer is still waited for.</summary>
    /// <exception cref="WorkerProcessExitException">The worker ended before it answered.</exception>
    /// <exception cref="WorkerFunctionException">The function failed.</exception>
    public async Task<TypedData?> InvokeAsync(InvocationRequest request, CancellationToken cancellation)
    {
        // Asked before the token is looked at: the worker ignores the cancellation of what it does not know yet.
        var answering = connection.AskAsync(NewMessage(message => message.InvocationRequest = request));
        await using var cancelling = cancellation.Register(() =>
            connection.Tell(NewMessage(message => message.InvocationCancel = new InvocationCancel { InvocationId = request.InvocationId })));
        var answer = await answering;
        Check(answer.InvocationResponse.Result);
        return answer.InvocationResponse.ReturnValue;
    }

    /// <summary>Ends it at once because a function would not end; what else it ran fails in a way that has it run again.</summary>
    public void Abort(string why)
    {
        aborted ??= why;
        connection.Close(() => new FunctionTimeoutAbortException(why));
        if (!Exited.IsCompleted)
        {
            Process.Kill();
        }
    }

    /// <summary>Asks it to end, and ends it when it does not.</summary>
    public async ValueTask DisposeAsync()
    {
        connection.Tell(NewMessage(message => message.WorkerTerminate = new WorkerTerminate()));
        try
        {
            await Exited.WaitAsync(EndsWithin, time);
        }
        catch (TimeoutException)
        {
            Process.Kill();
            await Exited;
        }

        Process.Dispose();
    }

    private static void Check(StatusResult result)
    {
        if (result.Status != StatusResult.Types.Status.Success)
        {
            throw new WorkerFunctionException(result.Status.ToString(), result.Exception?.Message ?? "", result.Exception?.StackTrace ?? "");
        }
    }

    private async Task LoadAsync(Task connected, string app)
    {
        await connected;
        var ready = await connection.AskAsync(NewMessage(message => message.WorkerInitRequest = new WorkerInitRequest
        {
            HostVersion = "4.0.0",
            WorkerDirectory = app,
            FunctionAppDirectory = app,
        }));
        Check(ready.WorkerInitResponse.Result);
        HttpAddress = ready.WorkerInitResponse.Capabilities.TryGetValue("HttpUri", out var address)
            ? new Uri(address)
            : throw new StartupException("The app takes no HTTP requests: its start must call ConfigureFunctionsWebApplication().");

        var told = await connection.AskAsync(NewMessage(message => message.FunctionsMetadataRequest = new FunctionsMetadataRequest { FunctionAppDirectory = app }));
        Check(told.FunctionMetadataResponse.Result);
        Functions = [.. told.FunctionMetadataResponse.FunctionMetadataResults.Select(metadata => new AppFunction(metadata))];
        foreach (var function in Functions)
        {
            var load = new FunctionLoadRequest { FunctionId = function.Metadata.FunctionId, Metadata = function.Metadata };
            var answer = await connection.AskAsync(NewMessage(message => message.FunctionLoadRequest = load));
            if (answer.FunctionLoadResponse.Result is { Status: not StatusResult.Types.Status.Success } result)
            {
                throw new StartupException($"The function {function.Name} does not load: {result.Exception?.Message ?? result.Result}");
            }
        }

        // It has loaded them a moment before it takes requests.
        while (!Exited.IsCompleted && !await ListensAsync())
        {
            await Task.Delay(BetweenTries, time);
        }
    }

    private async Task<bool> ListensAsync()
    {
        try
        {
            using var probe = new TcpClient();
            await probe.ConnectAsync(HttpAddress.Host, HttpAddress.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private async Task WithinAsync(Task loading, TimeSpan limit, CancellationToken cancellation)
    {
        try
        {
            if (await Task.WhenAny(loading, Exited).WaitAsync(limit, time, cancellation) == loading)
            {
                await loading;
                return;
            }
        }
        catch (TimeoutException)
        {
            throw new StartupException($"The worker did not load its functions within {limit.TotalSeconds:0} s.{Process.LastErrors}");
        }
        catch (WorkerProcessExitException)
        {
            // Its end failed what was asked a moment before it is known below.
        }
        catch (WorkerFunctionException problem)
        {
            throw new StartupException($"The worker does not load the app: {problem.Message}", problem);
        }

        throw new StartupException(await Exited);
    }

    // A worker whose stream has ended is deaf and does not end by itself.
    private async Task<string> WatchAsync()
    {
        var exit = Process.WaitForExitAsync(CancellationToken.None);
        await Task.WhenAny(exit, connection.HungUp);
        if (await Task.WhenAny(exit, Task.Delay(EndsWithin, time, CancellationToken.None)) != exit)
        {
            Process.Kill();
        }

        var code = await exit;
        var sentence = aborted is null
            ? $"The worker process {Process.Id} ended with exit code {code}.{Process.LastErrors}"
            : $"The worker process {Process.Id} was ended: {aborted}";
        connection.Close(() => new WorkerProcessExitException(sentence));
        return sentence;
    }

    private StreamingMessage NewMessage(Action<StreamingMessage> fill)
    {
        var message = new StreamingMessage { RequestId = $"{Interlocked.Increment(ref requests)}" };
        fill(message);
        return message;
    }
}
