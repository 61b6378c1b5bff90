using System.Diagnostics;
using FaceSwap.LocalHost.Functions;
using FaceSwap.LocalHost.Protocol;
using FaceSwap.LocalHost.Worker;
using Microsoft.Azure.WebJobs.Host;
using Yarp.ReverseProxy.Forwarder;

namespace FaceSwap.LocalHost.Http;

/// <summary>Answers the requests of one HTTP function: the worker is told of the invocation, and takes the request itself over HTTP.</summary>
internal sealed partial class HttpFunction(
    AppFunction function, Task<string> durableClient, HostKeys keys, WorkerSupervisor workers, IHttpForwarder forwarder, HttpMessageInvoker client, TimeProvider time, ILogger<HttpFunction> log)
{
    private static readonly ForwarderRequestConfig Forwarding = new() { ActivityTimeout = TimeSpan.FromSeconds(240) };

    /// <summary>What passes requests on to the worker as they are: streamed both ways.</summary>
    public static HttpMessageInvoker NewClient() => new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
    });

    public async Task HandleAsync(HttpContext http)
    {
        if (!keys.Admit(http.Request, function))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        try
        {
            var worker = await workers.GetAsync(http.RequestAborted);
            var invocation = NewInvocation(http.Request, await durableClient.WaitAsync(http.RequestAborted));
            var running = worker.InvokeAsync(invocation, http.RequestAborted);
            http.Request.Headers["x-ms-invocation-id"] = invocation.InvocationId;
            var error = await forwarder.SendAsync(http, worker.HttpAddress.ToString(), client, Forwarding);
            await running;
            if (error != ForwarderError.None && !http.RequestAborted.IsCancellationRequested)
            {
                Log.Failed(log, function.Name, $"{error}: {http.GetForwarderErrorFeature()?.Exception?.Message}");
            }
        }
        catch (Exception problem) when (http.RequestAborted.IsCancellationRequested && problem is OperationCanceledException or WorkerFunctionException)
        {
            // The caller hung up; there is nobody to answer.
        }
        catch (Exception failure) when (failure is WorkerFunctionException or WorkerProcessExitException or FunctionTimeoutException)
        {
            // The edge of the app's code. The caller learns nothing of the inside.
            Log.Failed(log, function.Name, failure.Message);
            if (!http.Response.HasStarted)
            {
                http.Response.Clear();
                http.Response.StatusCode = StatusCodes.Status500InternalServerError;
            }
        }
    }

    private InvocationRequest NewInvocation(HttpRequest http, string client)
    {
        var request = function.NewInvocation(new TypedData { Http = new RpcHttp() }, client, time);

        // Parameters bind by name from what stands here: the query first, so that the route goes over it.
        foreach (var (name, value) in http.Query)
        {
            request.TriggerMetadata[name] = new TypedData { String = value.ToString() };
        }

        foreach (var (name, value) in http.RouteValues)
        {
            request.TriggerMetadata[name] = new TypedData { String = value?.ToString() ?? "" };
        }

        return request;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 401, Level = LogLevel.Error, Message = "HTTP function {Function} failed: {Reason}")]
        public static partial void Failed(ILogger logger, string function, string reason);
    }
}
