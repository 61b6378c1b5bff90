using FaceSwap.Errors;
using FaceSwap.Functions.Http.Edge;
using FaceSwap.Functions.Instances;
using FaceSwap.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FaceSwap.Functions.Http.Jobs;

/// <summary><c>GET /api/jobs/{id}/result</c>: sends the caller to a short-lived address of the video, or names it with <c>?redirect=false</c>.</summary>
public sealed class GetJobResult(RouteEdge edge, ResultLinks links, JobReader jobs)
{
    [Function(nameof(GetJobResult))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "jobs/{id}/result")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            var redirects = request.Query.Flag("redirect", byDefault: true);
            var result = await links.MakeAsync(await jobs.ReadAsync(id, caller, client, cancellationToken), cancellationToken);
            return redirects
                ? Results.Redirect(result.Url.AbsoluteUri)
                : Results.Json(result, JobsApiJson.Default.ResultBody);
        });
}

/// <summary>Where a finished video can be read, and for how long.</summary>
public sealed record ResultBody(Uri Url, DateTimeOffset ExpiresAt, string ContentType, long Size, string Sha256);

/// <summary>Makes the short-lived address of a job's finished video.</summary>
public sealed class ResultLinks(BlobLinks links)
{
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.ResultNotReady"/>.</exception>
    public async Task<ResultBody> MakeAsync(JobReading reading, CancellationToken cancellationToken)
    {
        if (reading.Outcome?.Result is not { } result)
        {
            throw new FaceSwapException(ErrorCodes.ResultNotReady, reading.Outcome is null
                ? "The job is still running."
                : "The job ended without a result; read the job for the reason.");
        }

        var link = await links.ReadLinkAsync(result.Blob, cancellationToken);
        return new ResultBody(link.Address, link.ExpiresAt, result.ContentType, result.Size, result.Sha256);
    }
}
