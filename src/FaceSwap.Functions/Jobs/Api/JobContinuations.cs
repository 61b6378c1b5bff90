using System.Text;
using System.Text.Json;
using FaceSwap.Callers;
using FaceSwap.Errors;
using FaceSwap.Jobs;
using FaceSwap.Webhooks.Endpoints;
using Microsoft.Extensions.Options;

namespace FaceSwap.Functions.Jobs.Api;

/// <summary>Starts jobs that go on in the session of an earlier one, one at a time for each session.</summary>
public sealed class JobContinuations(
    JobReader jobs, FreeSessions sessions, SubmissionRules rules, WebhookEndpoints webhooks, JobStart start, IOptions<JobOptions> options, TimeProvider time)
{
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.SessionBusy"/>, or the message breaks a rule.</exception>
    public async Task<StartedJob> StartAsync(
        EndedJob earlier, string? instruction, MessageBody message, string? key, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var (caller, webhook) = (earlier.Reading.Job.Caller, message.Webhook);
        var keyed = KeyedRequest.Of(
            caller,
            key,
            Encoding.UTF8.GetBytes(earlier.Reading.Job.Id),
            JsonSerializer.SerializeToUtf8Bytes(message with { Metadata = SubmissionRules.InOrder(message.Metadata) }, JobsApiJson.Default.MessageBody));
        if (await start.ReplayAsync(keyed, client, cancellationToken) is { } replayed)
        {
            return replayed;
        }

        rules.Check(message);
        var targets = await webhooks.TargetsAsync(caller, webhook?.Url, webhook?.Events, cancellationToken);
        var job = Job(earlier, instruction, message);
        await sessions.ClaimAsync(earlier.Session.SessionId, job.Id, client, cancellationToken);

        // The session is this job's now: whoever hangs up here must not leave it claimed by a job that never starts.
        return await start.StartAsync(keyed, new FaceSwapJobInput(job, targets), client, CancellationToken.None);
    }

    /// <summary>Looks whether a message would start a job now; starts and claims nothing.</summary>
    /// <exception cref="FaceSwapException">What it would be refused for.</exception>
    public async Task CheckAsync(string earlierId, Caller caller, MessageBody message, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var earlier = await jobs.ReadEndedAsync(earlierId, caller, client, cancellationToken);
        rules.Check(message);
        await sessions.CheckAsync(earlier.Session.SessionId, null, client, cancellationToken);
    }

    private JobInput Job(EndedJob earlier, string? instruction, MessageBody message)
    {
        var first = earlier.Reading.Job;
        return new JobInput(
            JobIds.New(time),
            first.Caller,
            time.GetUtcNow(),
            first.ApiBase,
            Video: null,
            Face: null,
            new JobContinuation(first.Id, earlier.Session.TaskId, earlier.Session.SessionId),
            instruction,
            first.Language,
            message.Metadata,
            JobPolicy.From(options.Value, SubmissionRules.DeadlineOf(message.Deadline)),
            SubmissionRules.Choice(message.OnUnknownOutcome),
            Consent: first.Consent);
    }
}
