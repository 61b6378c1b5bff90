using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FaceSwap.Functions.Http;

/// <summary><c>GET /api/jobs/{id}/result</c>: sends the caller to a short-lived address of the video, or names it with <c>?redirect=false</c>.</summary>
public sealed class GetJobResult(ResultLinks links)
{
    [Function(nameof(GetJobResult))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "jobs/{id}/result")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        Answers.RunAsync(async () =>
        {
            var result = await links.MakeAsync(await JobReader.ReadAsync(id, client, cancellationToken), cancellationToken);
            return request.Query["redirect"] == "false"
                ? Results.Json(result, ApiJson.Default.ResultBody)
                : Results.Redirect(result.Url.AbsoluteUri);
        });
}
