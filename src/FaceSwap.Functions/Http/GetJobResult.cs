using FaceSwap.Errors;
using FaceSwap.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FaceSwap.Functions.Http;

/// <summary><c>GET /api/jobs/{id}/result</c>: sends the caller to a short-lived address of the video, or names it with <c>?redirect=false</c>.</summary>
public sealed class GetJobResult(BlobLinks links)
{
    [Function(nameof(GetJobResult))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "jobs/{id}/result")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        Answers.RunAsync(async () =>
        {
            var reading = await JobReader.ReadAsync(id, client, cancellationToken);
            if (reading.Outcome?.Result is not { } result)
            {
                throw new FaceSwapException(ErrorCodes.ResultNotReady, reading.Outcome is null
                    ? "The job is still running."
                    : "The job ended without a result; read the job for the reason.");
            }

            var link = await links.ReadLinkAsync(result.Blob, cancellationToken);
            return request.Query["redirect"] == "false"
                ? Results.Json(new ResultBody(link.Address, link.ExpiresAt, result.ContentType, result.Size, result.Sha256), ApiJson.Default.ResultBody)
                : Results.Redirect(link.Address.AbsoluteUri);
        });
}
