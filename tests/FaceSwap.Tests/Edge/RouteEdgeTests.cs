using FaceSwap.Functions.Edge.Http;
using FaceSwap.Tests.Product;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FaceSwap.Tests.Edge;

/// <summary>A caller who hangs up is no failure, of the app or of its storage.</summary>
public sealed class RouteEdgeTests : IDisposable
{
    private readonly TestProduct _product = new();

    public void Dispose() => _product.Dispose();

    [Fact]
    public async Task Route_WhoseCallerHangsUp_EndsWithoutAFailure()
    {
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        using var hungUp = new CancellationTokenSource();
        var http = new DefaultHttpContext { RequestAborted = hungUp.Token, RequestServices = services };

        var answer = await _product.Get<RouteEdge>().RunAsync(http.Request, async _ =>
        {
            await hungUp.CancelAsync();
            hungUp.Token.ThrowIfCancellationRequested();
            return Results.Ok();
        });

        await answer.ExecuteAsync(http);
        Assert.Equal(StatusCodes.Status499ClientClosedRequest, http.Response.StatusCode);
    }
}
