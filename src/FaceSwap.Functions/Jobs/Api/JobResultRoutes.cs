using FaceSwap.Errors;
using FaceSwap.Functions.Edge.Http;
using FaceSwap.Jobs;
using FaceSwap.NemoVideo.Sessions;
using FaceSwap.Storage;

namespace FaceSwap.Functions.Jobs.Api;

/// <summary>The routes of a job's result, record, timeline and claim link.</summary>
public sealed class JobResultRoutes(ClaimLinks claims, RouteEdge edge, ResultLinks links, JobReader jobs, JobDocuments documents, TimeProvider time)
{
    /// <summary><c>GET /api/jobs/{id}/result</c>: sends the caller to a short-lived address of the video, or names it with <c>?redirect=false</c>.</summary>
    [Function(nameof(GetJobResult))]
    public Task<IResult> GetJobResult(
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

    /// <summary><c>GET /api/jobs/{id}/record</c>: the record of a job that has ended, as it was written then: what came in, what was done, what came out.</summary>
    [Function(nameof(GetJobRecord))]
    public Task<IResult> GetJobRecord(
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

    /// <summary><c>GET /api/jobs/{id}/timeline</c>: how long the job was in which stage.</summary>
    [Function(nameof(GetJobTimeline))]
    public Task<IResult> GetJobTimeline(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "jobs/{id}/timeline")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            var reading = await jobs.ReadAsync(id, caller, client, cancellationToken);
            var job = await jobs.ViewAsync(reading, cancellationToken);
            return Results.Json(TimelineBody.Of(job, time.GetUtcNow()), JobsApiJson.Default.TimelineBody);
        });

    /// <summary><c>POST /api/jobs/{id}/claim-link</c>: a link by which a person opens the job's project, without the app's token.</summary>
    [Function(nameof(MakeClaimLink))]
    public Task<IResult> MakeClaimLink(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "jobs/{id}/claim-link")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            var ended = await jobs.ReadEndedAsync(id, caller, client, cancellationToken);
            var link = await claims.MakeAsync(ended.Session, cancellationToken);
            return Results.Json(new ClaimBody(link.Url, link.ExpiresAt), JobsApiJson.Default.ClaimBody);
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

/// <summary>How long a job was in which stage.</summary>
/// <param name="Id">The job.</param>
/// <param name="Status">The stage it is in, or how it ended.</param>
/// <param name="Seconds">How long it took, or has taken so far.</param>
/// <param name="Stages">Every stage that it entered, in order; the end is the last one.</param>
public sealed record TimelineBody(string Id, JobStage Status, double Seconds, IReadOnlyList<TimelineStage> Stages)
{
    internal static TimelineBody Of(JobView job, DateTimeOffset now)
    {
        DateTimeOffset[] ends = [.. job.Timeline.Skip(1).Select(next => next.At), job.Status.IsFinal() ? job.Timeline[^1].At : now];
        var stages = job.Timeline.Zip(ends, (entry, end) => new TimelineStage(entry.Stage, entry.At, Between(entry.At, end))).ToList();
        return new TimelineBody(job.Id, job.Status, Between(job.Timeline[0].At, ends[^1]), stages);
    }

    private static double Between(DateTimeOffset from, DateTimeOffset to) => Math.Max(0, Math.Round((to - from).TotalSeconds, 3));
}

/// <summary>A stage that a job entered.</summary>
/// <param name="Stage">Which.</param>
/// <param name="At">When.</param>
/// <param name="Seconds">How long it was, or has been, in it.</param>
public sealed record TimelineStage(JobStage Stage, DateTimeOffset At, double Seconds);

/// <summary>A link that opens the job's project in the browser, once a person follows it.</summary>
public sealed record ClaimBody(Uri Url, DateTimeOffset ExpiresAt);
