using FaceSwap.Errors;
using FaceSwap.Functions.Orchestrations;
using FaceSwap.Jobs;
using FaceSwap.Media;
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
    IOptions<JobOptions> options,
    TimeProvider time)
{
    private const string DefaultCaller = "default";

    /// <exception cref="FaceSwapException">The submission is refused.</exception>
    public async Task<JobInput> AcceptAsync(HttpRequest request, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var id = JobIds.New(time);
        var submitted = await reader.ReadAsync(id, request, cancellationToken);
        try
        {
            rules.Check(submitted);
            var job = Job(id, submitted, address.Of(request));
            await client.StartOnceAsync(nameof(FaceSwapJob), id, job, cancellationToken);
            return job;
        }
        catch
        {
            await staging.DiscardAsync(new[] { submitted.Video, submitted.Face }.OfType<StagedMedia>(), CancellationToken.None);
            throw;
        }
    }

    private JobInput Job(string id, Submitted submitted, string apiBase)
    {
        var body = submitted.Body;
        return new JobInput(
            id,
            DefaultCaller,
            time.GetUtcNow(),
            apiBase,
            SubmissionRules.SourceOf(body.Video, submitted.Video),
            SubmissionRules.SourceOf(body.Face, submitted.Face),
            Continues: null,
            body.Instruction ?? options.Value.Instruction,
            body.Language ?? "en",
            body.Webhook?.Url,
            body.Metadata,
            JobPolicy.From(options.Value));
    }
}
