using FaceSwap.Functions.Http.Edge;
using FaceSwap.Functions.Instances;
using FaceSwap.NemoVideo.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FaceSwap.Functions.Http.Jobs;

/// <summary><c>POST /api/jobs/{id}/claim-link</c>: a link by which a person opens the job's project, without the app's token.</summary>
public sealed class MakeClaimLink(RouteEdge edge, ClaimLinks links, JobReader jobs)
{
    [Function(nameof(MakeClaimLink))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "jobs/{id}/claim-link")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            var ended = await jobs.ReadEndedAsync(id, caller, client, cancellationToken);
            var link = await links.MakeAsync(ended.Session, cancellationToken);
            return Results.Json(new ClaimBody(link.Url, link.ExpiresAt), JobsApiJson.Default.ClaimBody);
        });
}

/// <summary>A link that opens the job's project in the browser, once a person follows it.</summary>
public sealed record ClaimBody(Uri Url, DateTimeOffset ExpiresAt);
