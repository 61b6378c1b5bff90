using System.Collections.Concurrent;
using System.Net;
using FaceSwap.LocalHost.Protocol;
using Grpc.Core;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace FaceSwap.LocalHost.Worker;

/// <summary>Where workers connect: a gRPC server on a loopback port of its own.</summary>
internal sealed class WorkerEndpoint : IAsyncDisposable
{
    /// <summary>The largest message in either direction, in bytes; the platform's own value.</summary>
    public const int MaxMessage = int.MaxValue;

    private readonly WebApplication server;
    private readonly ExpectedWorkers expected;

    private WorkerEndpoint(WebApplication server, ExpectedWorkers expected)
    {
        this.server = server;
        this.expected = expected;
    }

    public Uri Address => new(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public static async Task<WorkerEndpoint> StartAsync(LocalHostOptions options, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateSlimBuilder();
        HostLog.Configure(builder.Logging);
        PartLifetime.AddTo(builder.Services, options.ShutdownLimit);
        var expected = new ExpectedWorkers();
        builder.Services.AddSingleton(expected);
        builder.Services.AddGrpc(grpc => (grpc.MaxReceiveMessageSize, grpc.MaxSendMessageSize) = (MaxMessage, MaxMessage));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        var server = builder.Build();
        server.MapGrpcService<FunctionRpcService>();
        await server.StartAsync(cancellation);
        return new WorkerEndpoint(server, expected);
    }

    /// <summary>Expects a worker of this id; the task ends when it has connected.</summary>
    public Task Expect(string workerId, WorkerConnection connection)
    {
        var connected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        expected[workerId] = (connection, connected);
        return connected.Task;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    /// <summary>The workers that were started and have not connected yet.</summary>
    private sealed class ExpectedWorkers : ConcurrentDictionary<string, (WorkerConnection Connection, TaskCompletionSource Connected)>;

    private sealed class FunctionRpcService(ExpectedWorkers expected) : FunctionRpc.FunctionRpcBase
    {
        public override async Task EventStream(
            IAsyncStreamReader<StreamingMessage> requestStream, IServerStreamWriter<StreamingMessage> responseStream, ServerCallContext context)
        {
            if (await requestStream.MoveNext(context.CancellationToken)
                && requestStream.Current.StartStream is { } first
                && expected.TryRemove(first.WorkerId, out var worker))
            {
                worker.Connected.SetResult();
                await worker.Connection.RunAsync(requestStream, responseStream, context.CancellationToken);
            }
        }
    }
}
