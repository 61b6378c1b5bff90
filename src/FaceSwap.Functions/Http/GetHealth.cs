using FaceSwap.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Functions.Http;

/// <summary><c>GET /api/health</c>: 200 when the app can do its work, 503 when it cannot.</summary>
public sealed class GetHealth(BlobStore store, TimeProvider time)
{
    // Who asks gives up after a few seconds; the storage client alone tries for twenty.
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(2.5);

    [Function(nameof(GetHealth))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "health")] HttpRequest request, CancellationToken cancellationToken) =>
        Answers.RunAsync(async () =>
        {
            var storage = await StorageAnswersAsync(cancellationToken);
            return Results.Json(
                new HealthBody(storage ? "ok" : "unavailable", storage, AppVersion.Text),
                ApiJson.Default.HealthBody,
                statusCode: storage ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        });

    private async Task<bool> StorageAnswersAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(AnswersWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await store.IsReachableAsync(either.Token);
        }
        catch (Exception e) when (BlobStore.IsAway(e, cancellationToken))
        {
            return false;
        }
    }
}
