using FaceSwap.FunctionsHost.Functions;
using FaceSwap.FunctionsHost.Protocol;

namespace FaceSwap.FunctionsHost.Worker;

/// <summary>A worker process that has told its functions and loaded them.</summary>
internal sealed class LoadedWorker : IAsyncDisposable
{
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(5);
    private readonly WorkerConnection connection;
    private readonly TimeProvider time;
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

    public IReadOnlyList<AppFunction> Functions { get; private set; } = [];

    /// <summary>Where the worker takes HTTP requests.</summary>
    public Uri HttpAddress { get; private set; } = null!;

    /// <summary>Starts a worker and has it load its functions.</summary>
    /// <exception cref="StartupException">It ended, took too long, or a function does not load; the text holds what it said.</exception>
    public static async Task<LoadedWorker> StartAsync(
        WorkerEndpoint endpoint, FunctionsHostOptions options, IWorkerLog log, TimeProvider time, Action<string> write, CancellationToken cancellation)
    {
        var id = Guid.CreateVersion7(time.GetUtcNow()).ToString();
        var connection = new WorkerConnection(log);
        var connected = endpoint.Expect(id, connection);
        var worker = new LoadedWorker(WorkerProcess.Start(options.App, endpoint.Address, id, write), connection, time);
        try
        {
            await worker.WithinAsync(connected, options, cancellation);
            await worker.WithinAsync(worker.LoadAsync(options.App), options, cancellation);
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
        await using var cancelling = cancellation.Register(() =>
            connection.Tell(NewMessage(message => message.InvocationCancel = new InvocationCancel { InvocationId = request.InvocationId })));
        var answer = await connection.AskAsync(NewMessage(message => message.InvocationRequest = request));
        Check(answer.InvocationResponse.Result);
        return answer.InvocationResponse.ReturnValue;
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
            throw new WorkerFunctionException(result.Result, result.Exception?.Message ?? "", result.Exception?.StackTrace ?? "");
        }
    }

    private async Task LoadAsync(string app)
    {
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
            await LoadAsync(function);
        }
    }

    private async Task LoadAsync(AppFunction function)
    {
        var answer = await connection.AskAsync(NewMessage(message => message.FunctionLoadRequest = new FunctionLoadRequest
        {
            FunctionId = function.Metadata.FunctionId,
            Metadata = function.Metadata,
        }));
        if (answer.FunctionLoadResponse.Result is { Status: not StatusResult.Types.Status.Success } result)
        {
            throw new StartupException($"The function {function.Name} does not load: {result.Exception?.Message ?? result.Result}");
        }
    }

    private async Task WithinAsync(Task step, FunctionsHostOptions options, CancellationToken cancellation)
    {
        try
        {
            if (await Task.WhenAny(step, Exited).WaitAsync(options.WorkerStartLimit, time, cancellation) == Exited)
            {
                throw new StartupException($"{await Exited} What it said stands above.");
            }

            await step;
        }
        catch (TimeoutException)
        {
            throw new StartupException(
                $"The worker did not load its functions within {options.WorkerStartLimit.TotalSeconds:0} s. What it said stands above.");
        }
    }

    private async Task<string> WatchAsync()
    {
        var code = await Process.WaitForExitAsync(CancellationToken.None);
        var sentence = $"The worker process {Process.Id} ended with exit code {code}.";
        connection.Close(sentence);
        return sentence;
    }

    private StreamingMessage NewMessage(Action<StreamingMessage> fill)
    {
        var message = new StreamingMessage { RequestId = $"{Interlocked.Increment(ref requests)}" };
        fill(message);
        return message;
    }
}
