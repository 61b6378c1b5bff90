using System.Collections.Concurrent;
using System.Net;
using FaceSwap.Network;

namespace FaceSwap.Tests.Network;

/// <summary>Stands for all the world that the guarded client may connect to: every request is answered as the test says.</summary>
internal sealed class ScriptedHandler(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler, IHttpClientFactory
{
    public ScriptedHandler(Func<HttpRequestMessage, HttpResponseMessage> answer)
        : this((request, _) => Task.FromResult(answer(request)))
    {
    }

    public ScriptedHandler(HttpStatusCode status)
        : this(_ => new HttpResponseMessage(status))
    {
    }

    /// <summary>What was asked, as "METHOD address".</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public HttpClient CreateClient(string name) => name == GuardedHttp.ClientName
        ? new HttpClient(this, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan }
        : throw new InvalidOperationException($"The client '{name}' does not connect through the guard.");

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Enqueue($"{request.Method} {request.RequestUri}");
        return answer(request, cancellationToken);
    }
}
