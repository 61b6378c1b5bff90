using FaceSwap.Functions.Http.Edge;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Functions.Http.Account;

/// <summary><c>GET /api/credits</c>: what the account can spend, and what is reserved.</summary>
public sealed class GetCredits(RouteEdge edge, CreditsReader credits)
{
    [Function(nameof(GetCredits))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "credits")] HttpRequest request, CancellationToken cancellationToken) =>
        edge.RunAsync(request, async _ => Results.Json(await credits.ReadAsync(cancellationToken), AccountApiJson.Default.CreditsBody));
}
