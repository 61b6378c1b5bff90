using System.Text;
using FaceSwap.Callers;
using FaceSwap.Errors;
using FaceSwap.Functions.Batches.Api;
using FaceSwap.Functions.Jobs.Api;
using FaceSwap.Tests.Edge;
using FaceSwap.Tests.Product;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace FaceSwap.Tests.Batches;

/// <summary>What a batch that is refused is told.</summary>
public sealed class BatchIntakeTests : IAsyncDisposable
{
    private readonly TestProduct _product = new();
    private readonly ScriptedClient _client = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _product.Dispose();
        await _client.DisposeAsync();
    }

    [Fact]
    public async Task Refusal_CountsItems_AndNamesEachOfTheirProblems()
    {
        var request = new DefaultHttpContext().Request;
        request.ContentType = "text/csv";
        request.Body = new MemoryStream(Encoding.UTF8.GetBytes(
            "video,face\nftp://media.test/1.mp4,https://media.test/face.jpg\nftp://media.test/1.mp4,https://media.test/face.jpg\nhttps://media.test/2.mp4\nhttps://media.test/3.mp4\n"));

        var refusal = await Assert.ThrowsAsync<FaceSwapException>(() => _product.Get<BatchIntake>().AcceptAsync(request, Caller.Default, _client, Token));

        Assert.Equal((ErrorCodes.InvalidBatch, "4 of the batch's items cannot be taken; nothing was started."), (refusal.Code, refusal.Message));
        Assert.Equal([(2, 1), (3, 2), (3, 2), (4, null), (5, null)], refusal.Items!.Select(problem => (problem.Line!.Value, problem.Item)));
    }

    [Fact]
    public async Task Refusal_OfASchedule_CountsItemsOnce()
    {
        var items = Enumerable.Range(1, 501).Select(number => new JobBody($"upload_{number:x32}", "https://media.test/face.jpg"));

        var refusal = await Assert.ThrowsAsync<FaceSwapException>(
            () => _product.Get<BatchPlans>().PlanAsync("sched_1", Caller.Default, "https://app.test", new BatchBody([.. items]), Token));

        Assert.Equal((ErrorCodes.InvalidBatch, "501 of the batch's items cannot be taken; nothing was started."), (refusal.Code, refusal.Message));
    }
}
