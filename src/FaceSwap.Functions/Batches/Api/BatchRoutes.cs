using FaceSwap.Batches;
using FaceSwap.Functions.Edge.Http;

namespace FaceSwap.Functions.Batches.Api;

/// <summary>The routes of batches.</summary>
public sealed class BatchRoutes(
    RouteEdge edge, BatchIntake intake, BatchIndex index, BatchReader batches, PageCursors cursors, BatchWatches watches, TimeProvider time, BatchControl control, BatchRetries retries)
{
    private const int DefaultLimit = 20;

    /// <summary><c>POST /api/batches</c>: takes many jobs in at once and answers 202 with where to follow them; with <c>?validate_only=true</c> it only looks whether it would.</summary>
    [Function(nameof(SubmitBatch))]
    public Task<IResult> SubmitBatch(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "batches")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            if (request.Query.IsValidation("concurrency", "on_error", "mode"))
            {
                return Results.Json(await intake.ValidateAsync(request, caller, cancellationToken), BatchesApiJson.Default.BatchValidationBody);
            }

            return BatchAnswers.Started(await intake.AcceptAsync(request, caller, client, cancellationToken));
        });

    /// <summary><c>GET /api/batches</c>: the caller's batches, newest first.</summary>
    [Function(nameof(ListBatches))]
    public Task<IResult> ListBatches(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "batches")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            var listing = $"batches:{caller.Id}";
            var (cursor, limit) = request.Query.Page(DefaultLimit);
            var page = await index.PageAsync(caller.Id, cursors.Read(listing, cursor), limit, cancellationToken);

            // Of one whose start died there is nothing yet.
            var found = await Task.WhenAll(page.Names.Select(id => batches.FindAsync(id, client, cancellationToken)));
            var views = found.OfType<BatchReading>().Select(reading => reading.View);
            return Results.Json(new BatchListBody([.. views], cursors.Write(listing, page.Cursor)), BatchesApiJson.Default.BatchListBody);
        });

    /// <summary><c>GET /api/batches/{id}</c>: the batch as it is now.</summary>
    [Function(nameof(GetBatch))]
    public Task<IResult> GetBatch(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "batches/{id}")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
            Results.Json((await batches.ReadAsync(id, caller, client, cancellationToken)).View, BatchJson.Default.BatchView));

    /// <summary><c>GET /api/batches/{id}/events</c>: the batch as a stream of server-sent events, each the whole batch with its counts, until it ends.</summary>
    [Function(nameof(WatchBatch))]
    public Task<IResult> WatchBatch(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "batches/{id}/events")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            var reading = await batches.ReadAsync(id, caller, client, cancellationToken);
            var seen = SeenEvents.By(request);
            return reading.HasEnded && BatchWatches.NumberOf(reading) <= seen
                ? SeenEvents.NothingMore
                : new SnapshotEvents<BatchView>("batch", token => watches.WatchAsync(id, client, token), seen, time);
        });

    /// <summary><c>POST /api/batches/{id}/cancel</c>: no further item is started, and those under way are cancelled.</summary>
    [Function(nameof(CancelBatch))]
    public Task<IResult> CancelBatch(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "batches/{id}/cancel")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller => BatchAnswers.Accepted((await control.CancelAsync(id, caller, client, cancellationToken)).View));

    /// <summary><c>POST /api/batches/{id}/resume</c>: a paused batch goes on, when what it waited for is there.</summary>
    [Function(nameof(ResumeBatch))]
    public Task<IResult> ResumeBatch(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "batches/{id}/resume")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller => BatchAnswers.Accepted((await control.ResumeAsync(id, caller, client, cancellationToken)).View));

    /// <summary><c>POST /api/batches/{id}/retry-failed</c>: a new batch of the items of an ended one that failed.</summary>
    [Function(nameof(RetryBatch))]
    public Task<IResult> RetryBatch(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "batches/{id}/retry-failed")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller => BatchAnswers.Started(await retries.AcceptAsync(request, id, caller, client, cancellationToken)));

    /// <summary><c>DELETE /api/batches/{id}</c>: removes a batch with its jobs and all that is kept of them: 204, or 202 for one that is cancelled first.</summary>
    [Function(nameof(DeleteBatch))]
    public Task<IResult> DeleteBatch(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "batches/{id}")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            var reading = await batches.ReadAsync(id, caller, client, cancellationToken);
            await BatchRemoval.StartAsync(reading.Input.Batch, client, cancellationToken);
            return reading.HasEnded && await BatchRemoval.WaitAsync(id, Answers.LongestRemoval, client, time, cancellationToken)
                ? Results.NoContent()
                : BatchAnswers.Accepted(reading.View);
        });
}

/// <summary>One page of the caller's batches.</summary>
/// <param name="Batches">The batches, newest first.</param>
/// <param name="Cursor">What to ask the next page with; absent on the last.</param>
public sealed record BatchListBody(IReadOnlyList<BatchView> Batches, string? Cursor);
