using FaceSwap.Errors;
using FaceSwap.Functions.Http.Edge;
using FaceSwap.Functions.Instances;
using FaceSwap.Jobs;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FaceSwap.Functions.Http.Jobs;

/// <summary><c>GET /api/jobs/{id}/record</c>: the record of a job that has ended, as it was written then: what came in, what was done, what came out.</summary>
public sealed class GetJobRecord(RouteEdge edge, JobReader jobs, JobDocuments documents)
{
    [Function(nameof(GetJobRecord))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "jobs/{id}/record")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            await jobs.ReadAsync(id, caller, client, cancellationToken);
            var record = await documents.ReadRecordAsync(id, cancellationToken)
                ?? throw new FaceSwapException(ErrorCodes.RecordNotReady, "The job's record is not written yet.");
            return Results.Json(record, JobJson.Default.JobRecord);
        });
}
