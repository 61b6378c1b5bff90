using FaceSwap.Functions.Edge.Http;

namespace FaceSwap.Functions.Account;

/// <summary>The routes of the account.</summary>
public sealed class AccountRoutes(RouteEdge edge, CreditsReader credits)
{
    /// <summary><c>GET /api/credits</c>: what the account can spend, and what is reserved.</summary>
    [Function(nameof(GetCredits))]
    public Task<IResult> GetCredits(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "credits")] HttpRequest request, CancellationToken cancellationToken) =>
        edge.RunAsync(request, async _ => Results.Json(await credits.ReadAsync(cancellationToken), AccountApiJson.Default.CreditsBody));
}
