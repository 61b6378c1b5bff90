using FaceSwap.LocalHost.Triggers.Functions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.LocalHost.Triggers.Http;

/// <summary>Answers the requests of one HTTP function.</summary>
internal sealed partial class HttpFunctionHandler(
    FunctionInvoker invoker,
    AuthorizationLevel level,
    FunctionKeys keys,
    InvocationFactory invocations,
    ILogger<HttpFunctionHandler> log)
{
    public async Task HandleAsync(HttpContext http)
    {
        if (!keys.Admits(http.Request, level))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        try
        {
            await AnswerAsync(http, await invoker.InvokeAsync(invocations.Create(invoker, http)));
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The caller hung up; there is nobody to answer.
        }
        catch (Exception failure)
        {
            // The edge of the app's code. The caller learns nothing of the inside.
            Log.Failed(log, failure, invoker.Definition.Name);
            if (!http.Response.HasStarted)
            {
                http.Response.Clear();
                http.Response.StatusCode = StatusCodes.Status500InternalServerError;
            }
        }
    }

    private static Task AnswerAsync(HttpContext http, object? result) => result switch
    {
        null => Task.CompletedTask,
        IResult minimal => minimal.ExecuteAsync(http),
        IActionResult action => action.ExecuteResultAsync(ActionContextOf(http)),
        _ => new ObjectResult(result).ExecuteResultAsync(ActionContextOf(http)),
    };

    private static ActionContext ActionContextOf(HttpContext http) => new(http, http.GetRouteData(), new ActionDescriptor());

    private static partial class Log
    {
        [LoggerMessage(EventId = 401, Level = LogLevel.Error, Message = "HTTP function {Function} failed.")]
        public static partial void Failed(ILogger logger, Exception failure, string function);
    }
}
