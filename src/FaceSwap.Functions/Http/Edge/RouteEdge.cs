using FaceSwap.Callers;
using Microsoft.AspNetCore.Http;

namespace FaceSwap.Functions.Http.Edge;

/// <summary>The edge of every route that serves callers: none runs before it is known who calls.</summary>
public sealed class RouteEdge(RequestCallers callers)
{
    public Task<IResult> RunAsync(HttpRequest request, Func<Caller, Task<IResult>> route) =>
        Answers.RunAsync(async () => await route(await callers.OfAsync(request)));
}
