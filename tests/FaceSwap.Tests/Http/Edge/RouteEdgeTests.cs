using FaceSwap.Functions.Http.Edge;
using FaceSwap.Tests.Product;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace FaceSwap.Tests.Http.Edge;

/// <summary>A caller who hangs up is no failure of the app; whatever else cancels a route is one.</summary>
public sealed class RouteEdgeTests : IDisposable
{
    private readonly TestProduct _product = new();

    public void Dispose() => _product.Dispose();

    [Fact]
    public async Task Route_WhoseCallerHangsUp_EndsWithoutAFailure()
    {
        using var hungUp = new CancellationTokenSource();
        var http = new DefaultHttpContext { RequestAborted = hungUp.Token };

        var answer = await _product.Get<RouteEdge>().RunAsync(http.Request, async _ =>
        {
            await hungUp.CancelAsync();
            hungUp.Token.ThrowIfCancellationRequested();
            return Results.Ok();
        });

        await answer.ExecuteAsync(http);
        Assert.Equal(StatusCodes.Status499ClientClosedRequest, http.Response.StatusCode);
    }

    [Fact]
    public async Task Route_ThatIsCancelledByAnythingElse_Fails()
    {
        var http = new DefaultHttpContext();

        await Assert.ThrowsAsync<OperationCanceledException>(() => _product.Get<RouteEdge>().RunAsync(http.Request, _ => throw new OperationCanceledException()));
    }
}
