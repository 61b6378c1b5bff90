using FaceSwap.Jobs;
using FaceSwap.Media;
using Microsoft.Extensions.Options;

namespace FaceSwap.Functions.Jobs.Api;

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
        var (videos, faces, audio) = (await SourcesAsync(MediaRole.Video), await SourcesAsync(MediaRole.Face), await SourcesAsync(MediaRole.Audio));
        JobMedia[] more = [.. videos[1..], .. faces[1..]];
        var job = new JobInput(
            id,
            named.Caller,
            time.GetUtcNow(),
            apiBase,
            videos[0].Source,
            faces[0].Source,
            Continues: null,
            body.Instruction ?? options.Value.Instruction,
            body.Language ?? "en",
            body.Metadata,
            JobPolicy.From(options.Value, SubmissionRules.DeadlineOf(body.Deadline)),
            SubmissionRules.Choice(body.OnUnknownOutcome),
            Consent: body.Consent,
            Audio: audio.FirstOrDefault()?.Source,
            More: more.Length > 0 ? more : null);
        return new FaceSwapJobInput(job, targets);

        // The first of a kind goes by what it is for; the others have a number besides.
        async Task<JobMedia[]> SourcesAsync(MediaRole role)
        {
            List<JobMedia> sources = [];
            foreach (var media in kept.Of(role))
            {
                var source = await named.SourceAsync(media, cancellationToken);
                sources.Add(new JobMedia(role, sources.Count == 0 ? source : source with { Name = MediaSource.NameOf(role, sources.Count + 1) }));
            }

            return [.. sources];
        }
    }
}
