using FaceSwap.Callers;

namespace FaceSwap.Functions.Edge.Http;

/// <summary>The edge of every route that serves callers: none runs before it is known who calls, and that they may.</summary>
public sealed class RouteEdge(RequestCallers callers, CallerLimits limits)
{
    public Task<IResult> RunAsync(HttpRequest request, Func<Caller, Task<IResult>> route) => Answers.RunAsync(async () =>
    {
        try
        {
            var caller = await callers.OfAsync(request);
            await limits.CountRequestAsync(caller.Id, request.HttpContext.RequestAborted);
            return await route(caller);
        }
        catch (OperationCanceledException) when (request.HttpContext.RequestAborted.IsCancellationRequested)
        {
            // The caller hung up: nothing has failed, storage neither.
            return Results.StatusCode(StatusCodes.Status499ClientClosedRequest);
        }
    });
}
