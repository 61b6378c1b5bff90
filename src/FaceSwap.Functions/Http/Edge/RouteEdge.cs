using FaceSwap.Callers;
using Microsoft.AspNetCore.Http;

namespace FaceSwap.Functions.Http.Edge;

/// <summary>The edge of every route that serves callers: none runs before it is known who calls, and that they may.</summary>
public sealed class RouteEdge(RequestCallers callers, CallerLimits limits)
{
    public Task<IResult> RunAsync(HttpRequest request, Func<Caller, Task<IResult>> route) => Answers.RunAsync(async () =>
    {
        var caller = await callers.OfAsync(request);
        await limits.CountRequestAsync(caller.Id, request.HttpContext.RequestAborted);
        return await route(caller);
    });
}
