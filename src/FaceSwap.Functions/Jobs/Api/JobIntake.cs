using System.Text;
using System.Text.Json;
using FaceSwap.Callers;
using FaceSwap.Errors;
using FaceSwap.Functions.Edge.Http;
using FaceSwap.Jobs;
using FaceSwap.Media;

namespace FaceSwap.Functions.Jobs.Api;

/// <summary>Takes a submission in: read, checked, started. Where no job can come of it, nothing remains.</summary>
public sealed class JobIntake(
    SubmissionReader reader,
    JobDrafts drafts,
    SubmissionLookups lookups,
    MediaStaging staging,
    ApiAddress address,
    JobStart start,
    JobReader jobs,
    JobContinuations continuations,
    JobEstimates estimates,
    CallerLimits limits,
    TimeProvider time)
{
    /// <returns>The job that was started, or that an earlier request with the same key started.</returns>
    /// <exception cref="FaceSwapException">The submission is refused.</exception>
    public async Task<StartedJob> AcceptAsync(HttpRequest request, Caller caller, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var (id, apiBase, key) = (JobIds.New(time), address.Of(request), IdempotencyKey.Of(request));

        // Files are taken in before it is known what for. What comes again under its key brings nothing new.
        if (SubmissionReader.IsForm(request) && (key is null || !await start.KnowsAsync(caller.Id, key, cancellationToken)))
        {
            await limits.CheckBytesAsync(caller.Id, cancellationToken);
        }

        var submitted = await reader.ReadAsync(id, request, cancellationToken);
        if (submitted.Body.ContinueFrom is { } earlierJob)
        {
            return await ContinueAsync(earlierJob, submitted, caller, key, client, cancellationToken);
        }

        var keyed = Keyed(caller.Id, key, submitted);
        FaceSwapJobInput input;
        try
        {
            if (await start.ReplayAsync(keyed, client, cancellationToken) is { } earlier)
            {
                await DiscardAsync(submitted);
                return earlier;
            }

            await limits.CheckBytesAsync(caller.Id, cancellationToken);
            input = await drafts.DraftAsync(id, apiBase, submitted, lookups.Of(caller.Id), cancellationToken);
        }
        catch
        {
            await DiscardAsync(submitted);
            throw;
        }

        try
        {
            var started = await start.StartAsync(keyed, input, client, cancellationToken);
            if (started.IsReplay)
            {
                await DiscardAsync(submitted);
            }
            else
            {
                await limits.CountBytesAsync(caller.Id, Staged(submitted).Sum(media => media.Size), CancellationToken.None);
            }

            return started;
        }
        catch (Exception e) when (NothingWillCome(e, keyed))
        {
            await DiscardAsync(submitted);
            throw;
        }
    }

    // Files have no place in it: where some came, they are what is wrong, and go.
    private async Task<StartedJob> ContinueAsync(
        string earlierJob, Submitted submitted, Caller caller, string? key, DurableTaskClient client, CancellationToken cancellationToken)
    {
        await DiscardAsync(submitted);
        var message = SubmissionRules.MessageOf(submitted);
        var earlier = await jobs.ReadEndedAsync(earlierJob, caller, client, cancellationToken);
        return await continuations.StartAsync(earlier, message.Text, message, key, client, cancellationToken);
    }

    // Media of a job that may yet appear are not removed; under a key the next request may start it.
    private static bool NothingWillCome(Exception failure, KeyedRequest? keyed) =>
        failure is FaceSwapException { Code: ErrorCodes.QuotaExceeded }
        || (keyed is null ? failure is not FaceSwapException { Code: ErrorCodes.StartUnknown } : failure is FaceSwapException { Code: ErrorCodes.IdempotencyKeyReused });

    // The same words in another order are the same request, and files count by their content.
    private static KeyedRequest? Keyed(string caller, string? key, Submitted submitted) => KeyedRequest.Of(
        caller,
        key,
        [
            JsonSerializer.SerializeToUtf8Bytes(submitted.Body with { Metadata = SubmissionRules.InOrder(submitted.Body.Metadata) }, JobsApiJson.Default.JobBody),
            .. MediaRoles.Given.Select(role => Encoding.UTF8.GetBytes(string.Join('\n', submitted.Parts.Where(media => media.Role == role).Select(media => media.Staged?.Sha256 ?? media.Address)))),
        ]);

    /// <summary>Looks whether a submission would be taken in and could go on, media and credits included; starts and leaves nothing.</summary>
    /// <exception cref="FaceSwapException">What it would be refused for, or fail for at its beginning.</exception>
    public async Task<ValidationBody> ValidateAsync(HttpRequest request, Caller caller, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var (id, apiBase) = (JobIds.New(time), address.Of(request));
        IdempotencyKey.Of(request);
        await start.CheckAsync(caller.Id, cancellationToken);
        if (SubmissionReader.IsForm(request))
        {
            await limits.CheckBytesAsync(caller.Id, cancellationToken);
        }

        var submitted = await reader.ReadAsync(id, request, cancellationToken);
        try
        {
            if (submitted.Body.ContinueFrom is { } earlier)
            {
                await continuations.CheckAsync(earlier, caller, SubmissionRules.MessageOf(submitted), client, cancellationToken);
                return new ValidationBody(null, null, null, await estimates.OfAsync(cancellationToken));
            }

            await limits.CheckBytesAsync(caller.Id, cancellationToken);
            var named = lookups.Of(caller.Id);
            await drafts.DraftAsync(id, apiBase, submitted, named, cancellationToken);
            async Task<string[]> TypesAsync(MediaRole role) => await Task.WhenAll(submitted.Of(role).Select(media => named.TypeAsync(media, cancellationToken)));
            var (videos, faces, audio) = (await TypesAsync(MediaRole.Video), await TypesAsync(MediaRole.Face), await TypesAsync(MediaRole.Audio));
            string[] more = [.. videos[1..], .. faces[1..]];
            return new ValidationBody(videos[0], faces[0], audio.FirstOrDefault(), await estimates.OfAsync(cancellationToken), more.Length > 0 ? more : null);
        }
        finally
        {
            await DiscardAsync(submitted);
        }
    }

    // The caller may be gone by now.
    private Task DiscardAsync(Submitted submitted) => staging.DiscardAsync(Staged(submitted), CancellationToken.None);

    private static IEnumerable<StagedMedia> Staged(Submitted submitted) => submitted.Parts.Select(media => media.Staged).OfType<StagedMedia>();
}

/// <summary>A submission as it was read.</summary>
/// <param name="Body">Its fields.</param>
/// <param name="Parts">The media that came as parts of a form; files among them are staged already.</param>
public sealed record Submitted(JobBody Body, IReadOnlyList<SubmittedMedia> Parts)
{
    /// <summary>The media that are for one thing, in their order.</summary>
    public IReadOnlyList<SubmittedMedia> Of(MediaRole role) =>
        [.. Body.AddressesOf(role).Select(address => new SubmittedMedia(role, address, null)), .. Parts.Where(media => media.Role == role)];
}

/// <summary>A media file of a submission.</summary>
/// <param name="Role">What it is for.</param>
/// <param name="Address">The address, the upload, or the file of the library that is named; null: the file came with the request.</param>
/// <param name="Staged">The file that came with the request.</param>
public sealed record SubmittedMedia(MediaRole Role, string? Address, StagedMedia? Staged);
