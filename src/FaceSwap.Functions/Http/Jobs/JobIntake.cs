using System.Text.Json;
using System.Text;
using FaceSwap.Callers;
using FaceSwap.Errors;
using FaceSwap.Functions.Http.Edge;
using FaceSwap.Functions.Instances;
using FaceSwap.Jobs;
using FaceSwap.Media;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace FaceSwap.Functions.Http.Jobs;

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
        await limits.CheckBytesAsync(caller.Id, cancellationToken);
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
        JsonSerializer.SerializeToUtf8Bytes(submitted.Body with { Metadata = SubmissionRules.InOrder(submitted.Body.Metadata) }, JobsApiJson.Default.JobBody),
        Encoding.UTF8.GetBytes(submitted.Video?.Sha256 ?? ""),
        Encoding.UTF8.GetBytes(submitted.Face?.Sha256 ?? ""),
        Encoding.UTF8.GetBytes(submitted.Audio?.Sha256 ?? ""));

    /// <summary>Looks whether a submission would be taken in and could go on, media and credits included; starts and leaves nothing.</summary>
    /// <exception cref="FaceSwapException">What it would be refused for, or fail for at its beginning.</exception>
    public async Task<ValidationBody> ValidateAsync(HttpRequest request, Caller caller, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var (id, apiBase) = (JobIds.New(time), address.Of(request));
        IdempotencyKey.Of(request);
        var submitted = await reader.ReadAsync(id, request, cancellationToken);
        try
        {
            if (submitted.Body.ContinueFrom is { } earlier)
            {
                await continuations.CheckAsync(earlier, caller, SubmissionRules.MessageOf(submitted), client, cancellationToken);
                return await estimates.OfAsync(null, null, null, cancellationToken);
            }

            var named = lookups.Of(caller.Id);
            await drafts.DraftAsync(id, apiBase, submitted, named, cancellationToken);
            var body = submitted.Body;
            return await estimates.OfAsync(
                await named.TypeAsync(MediaRole.Video, body.Video, submitted.Video, cancellationToken),
                await named.TypeAsync(MediaRole.Face, body.Face, submitted.Face, cancellationToken),
                body.Audio is null && submitted.Audio is null ? null : await named.TypeAsync(MediaRole.Audio, body.Audio, submitted.Audio, cancellationToken),
                cancellationToken);
        }
        finally
        {
            await DiscardAsync(submitted);
        }
    }

    // The caller may be gone by now.
    private Task DiscardAsync(Submitted submitted) => staging.DiscardAsync(Staged(submitted), CancellationToken.None);

    private static IEnumerable<StagedMedia> Staged(Submitted submitted) => new[] { submitted.Video, submitted.Face, submitted.Audio }.OfType<StagedMedia>();
}

/// <summary>A submission as it was read: its fields, and the files that came with it, staged already.</summary>
public sealed record Submitted(JobBody Body, StagedMedia? Video, StagedMedia? Face, StagedMedia? Audio);
