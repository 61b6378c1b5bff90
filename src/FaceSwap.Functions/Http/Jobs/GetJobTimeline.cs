using FaceSwap.Functions.Http.Edge;
using FaceSwap.Functions.Instances;
using FaceSwap.Jobs;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FaceSwap.Functions.Http.Jobs;

/// <summary><c>GET /api/jobs/{id}/timeline</c>: how long the job was in which stage.</summary>
public sealed class GetJobTimeline(RouteEdge edge, JobReader jobs, TimeProvider time)
{
    [Function(nameof(GetJobTimeline))]
    public Task<IResult> RunAsync(
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
