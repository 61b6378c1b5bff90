using FaceSwap.Callers;
using FaceSwap.Conversation;
using FaceSwap.Errors;
using FaceSwap.Functions.Account;
using FaceSwap.Functions.Edge.Http;
using FaceSwap.Jobs;

namespace FaceSwap.Functions.Jobs.Api;

/// <summary>The routes of jobs.</summary>
public sealed class JobRoutes(
    RouteEdge edge, JobListing listing, JobIntake intake, JobWatches watches, JobReader jobs, TimeProvider time, JobCancel cancel, JobConversation conversation)
{
    /// <summary><c>POST /api/jobs</c>: takes a job in and answers 202 with where to follow it; with <c>?validate_only=true</c> it only looks whether it would.</summary>
    [Function(nameof(SubmitJob))]
    public Task<IResult> SubmitJob(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "jobs")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            if (request.Query.IsValidation())
            {
                return Results.Json(await intake.ValidateAsync(request, caller, client, cancellationToken), JobsApiJson.Default.ValidationBody);
            }

            var started = await intake.AcceptAsync(request, caller, client, cancellationToken);
            var wait = WaitPreference.Of(request);
            if (wait is { } most && await watches.WaitForEndAsync(started.View.Id, most, client, cancellationToken) is { } job)
            {
                started = started with { View = job };
            }

            return JobAnswers.Started(started.View, JobJson.Default.JobView, started).Applied(wait);
        });

    /// <summary><c>GET /api/jobs</c>: the caller's jobs in short, newest first.</summary>
    [Function(nameof(ListJobs))]
    public Task<IResult> ListJobs(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "jobs")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller => Results.Json(await listing.ReadAsync(request, caller, client, cancellationToken), JobsApiJson.Default.JobListBody));

    /// <summary><c>GET /api/jobs/{id}</c>: the job's stage, percentage, timeline, error and links; with <c>Prefer: wait=N</c> as soon as it has ended.</summary>
    [Function(nameof(GetJob))]
    public Task<IResult> GetJob(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "jobs/{id}")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            var reading = await jobs.ReadAsync(id, caller, client, cancellationToken);
            var wait = WaitPreference.Of(request);
            var ended = wait is { } most && reading.Outcome is null ? await watches.WaitForEndAsync(id, most, client, cancellationToken) : null;
            return Results.Json(ended ?? await jobs.ViewAsync(reading, cancellationToken), JobJson.Default.JobView).Applied(wait);
        });

    /// <summary><c>GET /api/jobs/{id}/events</c>: the job as a stream of server-sent events, each the whole job, until it ends.</summary>
    [Function(nameof(WatchJob))]
    public Task<IResult> WatchJob(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "jobs/{id}/events")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            var reading = await jobs.ReadAsync(id, caller, client, cancellationToken);
            var seen = SeenEvents.By(request);
            return reading.Outcome is not null && JobWatches.NumberOf(await jobs.ViewAsync(reading, cancellationToken)) <= seen
                ? SeenEvents.NothingMore
                : new SnapshotEvents<JobView>("job", token => watches.WatchAsync(id, client, token), seen, time);
        });

    /// <summary><c>POST /api/jobs/{id}/cancel</c>: has a job end soon, and answers 202 with where to see how.</summary>
    [Function(nameof(CancelJob))]
    public Task<IResult> CancelJob(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "jobs/{id}/cancel")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            var reading = await cancel.RequestAsync(id, caller, client, cancellationToken);
            var job = await jobs.ViewAsync(reading, cancellationToken);
            return JobAnswers.Accepted(job, JobJson.Default.JobView, job);
        });

    /// <summary><c>DELETE /api/jobs/{id}</c>: removes a job with all that is kept of it: 204, or 202 for one that is cancelled first.</summary>
    [Function(nameof(DeleteJob))]
    public Task<IResult> DeleteJob(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "jobs/{id}")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            var reading = await jobs.ReadAsync(id, caller, client, cancellationToken);
            if (reading.Outcome is null)
            {
                await CancelAsync(id, caller, client, cancellationToken);
            }

            await JobRemoval.StartAsync(reading.Job, client, cancellationToken);
            if (reading.Outcome is not null && await JobRemoval.WaitAsync(id, Answers.LongestRemoval, client, time, cancellationToken))
            {
                return Results.NoContent();
            }

            var job = await jobs.ViewAsync(reading, cancellationToken);
            return JobAnswers.Accepted(job, JobJson.Default.JobView, job);
        });

    private async Task CancelAsync(string id, Caller caller, DurableTaskClient client, CancellationToken cancellationToken)
    {
        try
        {
            await cancel.RequestAsync(id, caller, client, cancellationToken);
        }
        catch (FaceSwapException e) when (e.Code == ErrorCodes.JobEnded)
        {
            // It has ended by itself.
        }
    }

    /// <summary><c>POST /api/jobs/{id}/messages</c>: says something to a finished job; 202 when that starts a new job, else 200.</summary>
    [Function(nameof(SendMessage))]
    public Task<IResult> SendMessage(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "jobs/{id}/messages")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            var message = await JsonBodyReader.ReadAsync(request, JobsApiJson.Default.MessageBody, cancellationToken);
            var turn = await conversation.AnswerAsync(id, caller, message, IdempotencyKey.Of(request), client, cancellationToken);
            return turn.Started is { } started
                ? JobAnswers.Started(turn.Answer, JobsApiJson.Default.MessageAnswer, started)
                : Results.Json(turn.Answer, JobsApiJson.Default.MessageAnswer);
        });
}

/// <summary>A message to a finished job.</summary>
/// <param name="Text">What the user says, 1 to 2,000 characters, in English or Chinese.</param>
/// <param name="Webhook">Who is told of the new job, if the message starts one.</param>
/// <param name="Metadata">The caller's own words for the new job.</param>
/// <param name="OnUnknownOutcome">As in a submission, for the new job.</param>
/// <param name="Action">What the message asks for, whatever its words: <c>message</c>, <c>export</c>, <c>credits</c>, <c>state</c> or <c>upload</c>.</param>
/// <param name="Deadline">As in a submission, for the new job.</param>
public sealed record MessageBody(
    string? Text = null,
    WebhookBody? Webhook = null,
    IReadOnlyDictionary<string, string>? Metadata = null,
    string? OnUnknownOutcome = null,
    string? Action = null,
    string? Deadline = null);

/// <summary>The answer to a message; which fields it has depends on the action.</summary>
/// <param name="Action">What the words asked for.</param>
/// <param name="Text">The answer in a sentence.</param>
/// <param name="Job">The new job that edits or renders, when one was started.</param>
/// <param name="Result">Where the finished video can be read.</param>
/// <param name="Credits">The account's credits.</param>
public sealed record MessageAnswer(
    UserAction Action, string Text, JobView? Job = null, ResultBody? Result = null, CreditsBody? Credits = null);
