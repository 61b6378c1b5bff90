using System.Text.Json;
using System.Text.Json.Serialization;
using FaceSwap.Functions.Edge.Http;
using FaceSwap.Jobs;
using FaceSwap.Storage;

namespace FaceSwap.Functions.Health;

/// <summary>The route of the health check.</summary>
public sealed class HealthRoutes(BlobStore store, TimeProvider time)
{
    // Who asks gives up after a few seconds; the storage client alone tries for twenty.
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(2.5);

    /// <summary><c>GET /api/health</c>: 200 when the app can do its work, 503 when it cannot.</summary>
    [Function(nameof(GetHealth))]
    public Task<IResult> GetHealth(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "health")] HttpRequest request, CancellationToken cancellationToken) =>
        Answers.RunAsync(async () =>
        {
            var storage = await StorageAnswersAsync(cancellationToken);
            return Results.Json(
                new HealthBody(storage ? "ok" : "unavailable", storage, AppVersion.Text),
                HealthApiJson.Default.HealthBody,
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
        catch (Exception e) when (StorageFailures.IsAway(e, cancellationToken))
        {
            return false;
        }
    }
}

/// <summary>Whether the app can do its work.</summary>
/// <param name="Status"><c>ok</c> or <c>unavailable</c>.</param>
/// <param name="Storage">Whether the storage account answers.</param>
/// <param name="Version">The app's version.</param>
public sealed record HealthBody(string Status, bool Storage, string Version);

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HealthBody))]
internal sealed partial class HealthApiJson : JsonSerializerContext;
