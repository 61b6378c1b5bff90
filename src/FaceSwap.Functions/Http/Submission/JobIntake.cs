using FaceSwap.Errors;
using FaceSwap.Functions.Orchestrations;
using FaceSwap.Jobs;
using FaceSwap.Media;
using FaceSwap.Webhooks;
using FaceSwap.Webhooks.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;

namespace FaceSwap.Functions.Http.Submission;

/// <summary>Takes a submission in: read, checked, started. If any of it fails, nothing remains.</summary>
public sealed class JobIntake(
    SubmissionReader reader,
    SubmissionRules rules,
    MediaStaging staging,
    ApiAddress address,
    WebhookEndpoints webhooks,
    IOptions<JobOptions> options,
    TimeProvider time)
{
    /// <exception cref="FaceSwapException">The submission is refused.</exception>
    public async Task<JobInput> AcceptAsync(HttpRequest request, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var id = JobIds.New(time);
        var submitted = await reader.ReadAsync(id, request, cancellationToken);
        try
        {
            rules.Check(submitted);
            var caller = RequestCaller.Of(request);
            var webhook = submitted.Body.Webhook;
            var targets = await webhooks.TargetsAsync(caller, webhook?.Url, webhook?.Events, cancellationToken);
            var job = Job(id, caller, submitted, address.Of(request), targets);
            await client.StartOnceAsync(nameof(FaceSwapJob), id, job, cancellationToken);
            return job;
        }
        catch
        {
            await staging.DiscardAsync(new[] { submitted.Video, submitted.Face }.OfType<StagedMedia>(), CancellationToken.None);
            throw;
        }
    }

    private JobInput Job(string id, string caller, Submitted submitted, string apiBase, IReadOnlyList<WebhookTarget> webhooks)
    {
        var body = submitted.Body;
        return new JobInput(
            id,
            caller,
            time.GetUtcNow(),
            apiBase,
            SubmissionRules.SourceOf(body.Video, submitted.Video),
            SubmissionRules.SourceOf(body.Face, submitted.Face),
            Continues: null,
            body.Instruction ?? options.Value.Instruction,
            body.Language ?? "en",
            webhooks,
            body.Metadata,
            JobPolicy.From(options.Value),
            SubmissionRules.Choice(body.OnUnknownOutcome));
    }
}
