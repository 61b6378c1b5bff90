using FaceSwap.Functions.Instances;
using FaceSwap.Jobs;
using FaceSwap.Media;
using Microsoft.Extensions.Options;

namespace FaceSwap.Functions.Http.Jobs;

/// <summary>Makes a job of a submission, if nothing is known to be wrong with it.</summary>
public sealed class JobDrafts(SubmissionRules rules, IOptions<JobOptions> options, TimeProvider time)
{
    /// <param name="id">The job's id, as far as it is known.</param>
    /// <param name="apiBase">The address of the API as the caller sees it.</param>
    /// <param name="submitted">The submission.</param>
    /// <param name="named">What it may name.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="Errors.FaceSwapException">The first thing that is wrong with it.</exception>
    public async Task<FaceSwapJobInput> DraftAsync(
        string id, string apiBase, Submitted submitted, NamedThings named, CancellationToken cancellationToken)
    {
        var kept = rules.Check(submitted);
        var body = kept.Body;
        var targets = await named.TargetsAsync(body.Webhook, cancellationToken);
        var job = new JobInput(
            id,
            named.Caller,
            time.GetUtcNow(),
            apiBase,
            await named.SourceAsync(MediaRole.Video, body.Video, kept.Video, cancellationToken),
            await named.SourceAsync(MediaRole.Face, body.Face, kept.Face, cancellationToken),
            Continues: null,
            body.Instruction ?? options.Value.Instruction,
            body.Language ?? "en",
            body.Metadata,
            JobPolicy.From(options.Value, SubmissionRules.DeadlineOf(body.Deadline)),
            SubmissionRules.Choice(body.OnUnknownOutcome),
            Consent: body.Consent,
            Audio: body.Audio is null && kept.Audio is null ? null : await named.SourceAsync(MediaRole.Audio, body.Audio, kept.Audio, cancellationToken));
        return new FaceSwapJobInput(job, targets);
    }
}
