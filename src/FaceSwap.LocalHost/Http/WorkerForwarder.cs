using System.Diagnostics;
using Yarp.ReverseProxy.Forwarder;

namespace FaceSwap.LocalHost.Http;

/// <summary>Passes a request on to the worker, as the platform's host does: streamed both ways, named by the invocation's id.</summary>
internal sealed class WorkerForwarder(IHttpForwarder forwarder) : IDisposable
{
    private const string InvocationHeader = "x-ms-invocation-id";
    private static readonly ForwarderRequestConfig Config = new() { ActivityTimeout = TimeSpan.FromSeconds(240) };

    private readonly HttpMessageInvoker client = new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
    });

    /// <returns>What went wrong on the way, if anything; the caller has been answered then.</returns>
    public ValueTask<ForwarderError> ForwardAsync(HttpContext http, Uri worker, string invocationId)
    {
        http.Request.Headers[InvocationHeader] = invocationId;
        return forwarder.SendAsync(http, worker.ToString(), client, Config);
    }

    public void Dispose() => client.Dispose();
}
