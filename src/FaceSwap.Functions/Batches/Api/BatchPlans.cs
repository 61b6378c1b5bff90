using FaceSwap.Batches;
using FaceSwap.Callers;
using FaceSwap.Errors;
using FaceSwap.Functions.Jobs;
using FaceSwap.Functions.Jobs.Api;
using FaceSwap.Jobs;
using FaceSwap.Media;
using Microsoft.Extensions.Options;

namespace FaceSwap.Functions.Batches.Api;

/// <summary>Checks batches that run at other times, as those of schedules do.</summary>
public sealed class BatchPlans(BatchChecks checks, LibraryItems libraryItems, JobDrafts drafts, SubmissionLookups lookups, IOptions<JobOptions> options, TimeProvider time)
{
    private const string StandIn = "https://example.com/";

    /// <summary>Checks a batch that is to run at another time.</summary>
    /// <param name="id">What its items belong to.</param>
    /// <param name="caller">Whose it is.</param>
    /// <param name="apiBase">The address of the API as the caller sees it.</param>
    /// <param name="body">The batch.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="FaceSwapException">What it would be refused for.</exception>
    /// <returns>The batch and its items; for a prefix, whose items are found at each run, the one that all of them are made of.</returns>
    internal async Task<(BatchInput Batch, IReadOnlyList<FaceSwapJobInput> Jobs)> PlanAsync(
        string id, Caller caller, string apiBase, BatchBody body, CancellationToken cancellationToken)
    {
        if (body.Prefix is { } prefix)
        {
            await libraryItems.FindAsync(caller.Id, prefix, cancellationToken);
            return await PlanForPrefixAsync(id, caller, apiBase, body, cancellationToken);
        }

        BatchFields.Require(body.Manifest is null, "A schedule's batch has 'items' or a 'prefix'; a 'manifest' is read once only.");
        var lines = (body.Items ?? []).Select(item => new BatchLine(null, item ?? new JobBody())).ToArray();
        var problems = new List<ItemProblem>();
        foreach (var (index, line) in lines.Index())
        {
            var merged = BatchFields.Merge(line.Body, body.Defaults);
            if (MediaRoles.Given.SelectMany(merged.AddressesOf).Any(MediaUploads.IsId))
            {
                problems.Add(new ItemProblem(index + 1, null, ErrorCodes.InvalidRequest, "A schedule's media are named by addresses, or lie in the container of media: an upload is gone after a day."));
            }
        }

        var (input, jobs) = await checks.CheckAsync(id, caller, apiBase, new SubmittedBatch(body, lines), problems, cancellationToken);
        return (input.Batch, jobs);
    }

    private async Task<(BatchInput Batch, IReadOnlyList<FaceSwapJobInput> Jobs)> PlanForPrefixAsync(
        string id, Caller caller, string apiBase, BatchBody body, CancellationToken cancellationToken)
    {
        BatchFields.Require(body.Items is null && body.Manifest is null, "A batch has 'items', a 'prefix' or a 'manifest', and not several of them.");
        var concurrency = checks.CheckWhole(body, 1);
        var defaults = body.Defaults ?? new JobBody();
        BatchFields.Require(BatchFields.ModeOf(body.Mode) == BatchMode.Separate, "The files that a schedule finds have a session each: leave 'mode' out.");
        BatchFields.Require(defaults.AddressesOf(MediaRole.Video).Count == 0, "'defaults' have no 'video' with a 'prefix': every file is one.");
        BatchFields.Require(defaults.Faces is null, "'defaults' have one 'face' with a 'prefix' that is looked at again and again, and no 'faces'.");

        // All but the files is checked now; they stand in for those of a run.
        var standing = defaults with { Video = StandIn, Face = defaults.Face ?? StandIn };
        var template = await drafts.DraftAsync(id, apiBase, new Submitted(standing, []), lookups.Of(caller.Id), cancellationToken);
        var job = template.Job with { Video = null, Face = defaults.Face is null ? null : template.Job.Face };
        var batch = new BatchInput(id, caller.Id, time.GetUtcNow(), apiBase, 0, concurrency, BatchFields.OnErrorOf(body.OnError), body.Metadata, CreditsPerItem: options.Value.MessageCost);
        return (batch, [template with { Job = job }]);
    }
}
