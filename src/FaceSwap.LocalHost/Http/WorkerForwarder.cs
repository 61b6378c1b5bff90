using System.Diagnostics;
using Yarp.ReverseProxy.Forwarder;

namespace FaceSwap.LocalHost.Http;

/// <summary>Passes a request on to the worker, as the platform's host does: streamed both ways, named by the invocation's id.</summary>
internal sealed class WorkerForwarder(IHttpForwarder forwarder, TimeProvider time) : IDisposable
{
    private const string InvocationHeader = "x-ms-invocation-id";
    private static readonly ForwarderRequestConfig Config = new() { ActivityTimeout = TimeSpan.FromSeconds(240) };

    private readonly HttpMessageInvoker client = new(new ConnectRetry(time)
    {
        InnerHandler = new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            UseCookies = false,
            ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
        },
    });

    /// <returns>What went wrong on the way, if anything; the caller has been answered then.</returns>
    public ValueTask<ForwarderError> ForwardAsync(HttpContext http, Uri worker, string invocationId)
    {
        http.Request.Headers[InvocationHeader] = invocationId;
        return forwarder.SendAsync(http, worker.ToString(), client, Config);
    }

    public void Dispose() => client.Dispose();

    // A worker has loaded its functions a moment before it listens.
    private sealed class ConnectRetry(TimeProvider time) : DelegatingHandler
    {
        private const int MostAttempts = 20;
        private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    return await base.SendAsync(request, cancellationToken);
                }
                catch (HttpRequestException problem) when (problem.HttpRequestError == HttpRequestError.ConnectionError && attempt < MostAttempts)
                {
                    // Nothing of the body has been read yet.
                    await Task.Delay(Between, time, cancellationToken);
                }
            }
        }
    }
}
