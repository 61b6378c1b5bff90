using FaceSwap.Batches;
using FaceSwap.Functions.Edge.Http;
using FaceSwap.Schedules;

namespace FaceSwap.Functions.Schedules;

/// <summary>The routes of schedules.</summary>
public sealed class ScheduleRoutes(
    RouteEdge edge, ScheduleRequests requests, ScheduleControl control, TimeProvider time, ScheduleDocuments schedules, ScheduleRuns runs, PageCursors cursors)
{
    private const int DefaultLimit = 20;

    /// <summary><c>POST /api/schedules</c>: creates a schedule and answers it with its next five times and where it is.</summary>
    [Function(nameof(CreateSchedule))]
    public Task<IResult> CreateSchedule(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "schedules")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            var (schedule, jobs) = await requests.ReadAsync(request, caller, cancellationToken);
            await control.CreateAsync(schedule, jobs, client, cancellationToken);
            var view = ScheduleView.Of(schedule, time.GetUtcNow());
            var answer = Results.Json(view, ScheduleJson.Default.ScheduleView, statusCode: StatusCodes.Status201Created);
            return new HeaderedResult(answer, headers => headers.Location = view.Links.Self);
        });

    /// <summary><c>GET /api/schedules</c>: all of the caller's schedules, oldest first.</summary>
    [Function(nameof(ListSchedules))]
    public Task<IResult> ListSchedules(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "schedules")] HttpRequest request,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            var all = await schedules.ListAsync(caller.Id, cancellationToken);
            return Results.Json(new ScheduleListBody([.. all.Select(schedule => ScheduleView.Of(schedule, time.GetUtcNow()))]), SchedulesApiJson.Default.ScheduleListBody);
        });

    /// <summary><c>GET /api/schedules/{id}</c>: the schedule, with its next five times.</summary>
    [Function(nameof(GetSchedule))]
    public Task<IResult> GetSchedule(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "schedules/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller => Shown(await control.GetAsync(caller, id, cancellationToken)));

    /// <summary><c>PATCH /api/schedules/{id}</c>: changes when a schedule is due; times before the change count no more.</summary>
    [Function(nameof(ChangeSchedule))]
    public Task<IResult> ChangeSchedule(
        [HttpTrigger(AuthorizationLevel.Function, "patch", Route = "schedules/{id}")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            var change = await requests.ReadPatchAsync(request, cancellationToken);
            return Shown(await control.ChangeAsync(caller, id, change, client, cancellationToken));
        });

    /// <summary><c>POST /api/schedules/{id}/pause</c>: a schedule is not due until it is resumed.</summary>
    [Function(nameof(PauseSchedule))]
    public Task<IResult> PauseSchedule(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "schedules/{id}/pause")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        SetPausedAsync(request, id, isPaused: true, client, cancellationToken);

    /// <summary><c>POST /api/schedules/{id}/resume</c>: a paused schedule is due again, from now on; times that passed meanwhile are not made good.</summary>
    [Function(nameof(ResumeSchedule))]
    public Task<IResult> ResumeSchedule(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "schedules/{id}/resume")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        SetPausedAsync(request, id, isPaused: false, client, cancellationToken);

    /// <summary><c>POST /api/schedules/{id}/run</c>: runs a schedule at once, besides its times, and answers 202 with the run.</summary>
    [Function(nameof(RunScheduleNow))]
    public Task<IResult> RunScheduleNow(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "schedules/{id}/run")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            var schedule = await control.GetAsync(caller, id, cancellationToken);
            await runs.CheckAsync(schedule, client, cancellationToken);
            var now = time.GetUtcNow();
            await ScheduleControl.RunAsync(schedule, now, client, cancellationToken);
            var run = new ScheduleRun(now, ScheduleRunStatus.Requested, now, BatchIds.OfRun(schedule.Id, now), IsManual: true);
            var view = ScheduleRunView.Of(run, schedule);
            var answer = Results.Json(view, SchedulesApiJson.Default.ScheduleRunView, statusCode: StatusCodes.Status202Accepted);
            return new HeaderedResult(answer, headers => headers.Location = view.Batch);
        });

    /// <summary><c>DELETE /api/schedules/{id}</c>: deletes a schedule; batches that it started stay, and run on.</summary>
    [Function(nameof(DeleteSchedule))]
    public Task<IResult> DeleteSchedule(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "schedules/{id}")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            await control.DeleteAsync(caller, id, client, cancellationToken);
            return Results.NoContent();
        });

    /// <summary><c>GET /api/schedules/{id}/runs</c>: what became of the times at which a schedule was due, newest first.</summary>
    [Function(nameof(ListScheduleRuns))]
    public Task<IResult> ListScheduleRuns(
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

    private Task<IResult> SetPausedAsync(HttpRequest request, string id, bool isPaused, DurableTaskClient client, CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
            Shown(await control.ChangeAsync(caller, id, schedule => schedule with { IsPaused = isPaused }, client, cancellationToken)));

    private IResult Shown(Schedule schedule) => Results.Json(ScheduleView.Of(schedule, time.GetUtcNow()), ScheduleJson.Default.ScheduleView);
}

/// <summary>All of a caller's schedules; their number is limited.</summary>
public sealed record ScheduleListBody(IReadOnlyList<ScheduleView> Schedules);

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
