using Azure;
using FaceSwap.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Functions.Http;

/// <summary><c>GET /api/health</c>: 200 when the app can do its work, 503 when it cannot.</summary>
public sealed class GetHealth(BlobStore store)
{
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
        try
        {
            return await store.IsReachableAsync(cancellationToken);
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException)
        {
            return false;
        }
    }
}
