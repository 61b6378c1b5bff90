using FaceSwap.Errors;
using FaceSwap.Functions.Http.Edge;
using FaceSwap.Functions.Instances;
using FaceSwap.Jobs;
using FaceSwap.Media;
using FaceSwap.Webhooks.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;

namespace FaceSwap.Functions.Http.Jobs;

/// <summary>Takes a submission in: read, checked, started. Where no job can come of it, nothing remains.</summary>
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
        var (id, apiBase) = (JobIds.New(time), address.Of(request));
        var submitted = await reader.ReadAsync(id, request, cancellationToken);
        FaceSwapJobInput input;
        try
        {
            input = await CheckAsync(id, RequestCaller.Of(request), apiBase, submitted, cancellationToken);
        }
        catch
        {
            await DiscardAsync(submitted);
            throw;
        }

        try
        {
            await client.StartOnceAsync(Orchestrators.FaceSwapJob, id, input, cancellationToken);
        }
        catch (Exception e) when (e is not FaceSwapException { Code: ErrorCodes.StartUnknown })
        {
            // Nothing was started. Media of a job that may yet appear are not removed.
            await DiscardAsync(submitted);
            throw;
        }

        return input.Job;
    }

    private async Task<FaceSwapJobInput> CheckAsync(string id, string caller, string apiBase, Submitted submitted, CancellationToken cancellationToken)
    {
        var kept = rules.Check(submitted);
        var webhook = kept.Body.Webhook;
        var targets = await webhooks.TargetsAsync(caller, webhook?.Url, webhook?.Events, cancellationToken);
        return new FaceSwapJobInput(Job(id, caller, kept, apiBase), targets);
    }

    // The caller may be gone by now.
    private Task DiscardAsync(Submitted submitted) =>
        staging.DiscardAsync(new[] { submitted.Video, submitted.Face }.OfType<StagedMedia>(), CancellationToken.None);

    private JobInput Job(string id, string caller, Submitted submitted, string apiBase)
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
            body.Metadata,
            JobPolicy.From(options.Value),
            SubmissionRules.Choice(body.OnUnknownOutcome));
    }
}

/// <summary>A submission as it was read: its fields, and the files that came with it, staged already.</summary>
public sealed record Submitted(JobBody Body, StagedMedia? Video, StagedMedia? Face);
