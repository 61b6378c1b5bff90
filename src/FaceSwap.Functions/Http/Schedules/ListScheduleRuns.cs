using FaceSwap.Functions.Http.Edge;
using FaceSwap.Functions.Instances;
using FaceSwap.Schedules;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Functions.Http.Schedules;

/// <summary><c>GET /api/schedules/{id}/runs</c>: what became of the times at which a schedule was due, newest first.</summary>
public sealed class ListScheduleRuns(RouteEdge edge, ScheduleControl control, ScheduleDocuments schedules, PageCursors cursors)
{
    private const int DefaultLimit = 20;

    [Function(nameof(ListScheduleRuns))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "schedules/{id}/runs")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            var schedule = await control.GetAsync(caller, id, cancellationToken);
            var listing = $"runs:{id}";
            var (cursor, limit) = request.Query.Page(DefaultLimit);
            var page = await schedules.RunsAsync(schedule, cursors.Read(listing, cursor), limit, cancellationToken);
            return Results.Json(
                new ScheduleRunsBody([.. page.Runs.Select(run => ScheduleRunView.Of(run, schedule))], cursors.Write(listing, page.Cursor)), SchedulesApiJson.Default.ScheduleRunsBody);
        });
}

/// <summary>What became of a time at which a schedule was due.</summary>
/// <param name="At">The time.</param>
/// <param name="Status">Whether a batch was started, or the time left out.</param>
/// <param name="RecordedAt">When that was decided.</param>
/// <param name="BatchId">The batch; of a time that was left out, the one that still ran.</param>
/// <param name="Missed">How many times before it passed unheeded, because the app was down.</param>
/// <param name="Manual">Whether somebody asked for it.</param>
/// <param name="Batch">Where the batch is.</param>
public sealed record ScheduleRunView(DateTimeOffset At, ScheduleRunStatus Status, DateTimeOffset RecordedAt, string BatchId, int Missed, bool Manual, string Batch)
{
    internal static ScheduleRunView Of(ScheduleRun run, Schedule schedule) => new(
        run.At, run.Status, run.RecordedAt, run.BatchId, run.Missed, run.IsManual, $"{schedule.Template.ApiBase}/batches/{run.BatchId}");
}

/// <summary>One page of a schedule's runs.</summary>
/// <param name="Runs">The runs, newest first.</param>
/// <param name="Cursor">What to ask the next page with; absent on the last.</param>
public sealed record ScheduleRunsBody(IReadOnlyList<ScheduleRunView> Runs, string? Cursor);
