using FaceSwap.Batches;
using FaceSwap.Callers;
using FaceSwap.Errors;
using FaceSwap.Functions.Jobs;
using FaceSwap.Functions.Jobs.Api;
using FaceSwap.Jobs;
using FaceSwap.Media;
using FaceSwap.Webhooks;
using Microsoft.Extensions.Options;

namespace FaceSwap.Functions.Batches.Api;

/// <summary>Checks a batch, and every item of it as a job of its own.</summary>
public sealed class BatchChecks(
    BatchSources sources,
    JobDrafts drafts,
    SubmissionRules rules,
    SubmissionLookups lookups,
    IOptions<JobOptions> options,
    IOptions<CallerOptions> callers,
    IOptions<WebhookOptions> webhooks,
    TimeProvider time)
{
    private const int DefaultConcurrency = 4;
    private const int MostConcurrency = 50;
    private const int ParallelChecks = 8;

    /// <summary>Checks all of a batch.</summary>
    /// <param name="id">The batch's id.</param>
    /// <param name="caller">Whose it is.</param>
    /// <param name="apiBase">The address of the API as the caller sees it.</param>
    /// <param name="submitted">The batch.</param>
    /// <param name="problems">What is known to be wrong with its items already.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="FaceSwapException">What it is refused for.</exception>
    internal async Task<(FaceSwapBatchInput Input, IReadOnlyList<FaceSwapJobInput> Jobs)> CheckAsync(
        string id, Caller caller, string apiBase, SubmittedBatch submitted, List<ItemProblem> problems, CancellationToken cancellationToken)
    {
        var (body, lines) = await sources.ResolveAsync(submitted, caller, problems, cancellationToken);
        var concurrency = CheckWhole(body, lines.Count + problems.Count(problem => problem.Item is null));
        var mode = BatchFields.ModeOf(body.Mode);
        var named = lookups.Of(caller.Id);
        var items = lines.Select(line => line with { Body = BatchFields.Merge(line.Body, body.Defaults) }).ToArray();
        problems.AddRange(Twins(items));

        var jobs = new FaceSwapJobInput?[items.Length];
        var found = new ItemProblem?[items.Length];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ParallelChecks, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(items.Index(), parallel, async (item, cancellation) =>
        {
            try
            {
                BatchFields.Require(item.Item.Body.ContinueFrom is null, "An item of a batch has no 'continueFrom': it is a job of its own.");
                BatchFields.Require(mode == BatchMode.Separate || item.Item.Body is { Videos: null, Faces: null }, "An item that shares a session has one 'video' and one 'face'.");
                jobs[item.Index] = await drafts.DraftAsync(id, apiBase, new Submitted(item.Item.Body, []), named, cancellation);
            }
            catch (FaceSwapException e) when (ErrorCatalog.Find(e.Code).Status < StatusCodes.Status500InternalServerError)
            {
                found[item.Index] = new ItemProblem(item.Index + 1, item.Item.Line, e.Code, e.Message, e.Field);
            }
        });
        problems.AddRange(found.OfType<ItemProblem>());
        if (problems.Count > 0)
        {
            // Of one item several things may be wrong; a row that could not be read has a line alone.
            var bad = problems.DistinctBy(problem => (problem.Item, problem.Line)).Count();
            throw new FaceSwapException(ErrorCodes.InvalidBatch, $"{bad:N0} of the batch's items cannot be taken; nothing was started.")
            {
                Items = [.. problems.OrderBy(problem => problem.Line).ThenBy(problem => problem.Item)],
            };
        }

        var batch = new BatchInput(id, caller.Id, time.GetUtcNow(), apiBase, items.Length, concurrency, BatchFields.OnErrorOf(body.OnError), body.Metadata, Mode: mode, CreditsPerItem: options.Value.MessageCost);
        var targets = await named.TargetsAsync(body.Webhook, cancellationToken);
        return (
            new FaceSwapBatchInput(batch, targets, webhooks.Value.ProgressInterval),
            mode == BatchMode.SharedSession ? SharedSession.Name(jobs!, [.. items.Select(item => item.Body.Instruction is not null)]) : jobs!);
    }

    /// <summary>Checks what holds for a batch as a whole.</summary>
    /// <returns>How many items run at a time.</returns>
    internal int CheckWhole(BatchBody body, int count)
    {
        BatchFields.Require(count is > 0 and <= BatchInput.MostItems, $"A batch has 1 to {BatchInput.MostItems:N0} items, and this one has {count:N0}.");
        BatchFields.Require(body.Concurrency is null or (> 0 and <= MostConcurrency), $"'concurrency' must be a number from 1 to {MostConcurrency}.");
        BatchFields.OnErrorOf(body.OnError);
        rules.Check(body.Webhook, body.Metadata);
        BatchFields.Require(body.Defaults?.ContinueFrom is null, "'defaults' have no 'continueFrom': each item is a job of its own.");

        if (BatchFields.ModeOf(body.Mode) == BatchMode.SharedSession)
        {
            BatchFields.Require(count <= SharedSession.MostItems, $"At most {SharedSession.MostItems} items share a session, and this batch has {count:N0}.");
            BatchFields.Require(body.Concurrency is null or 1, "Items that share a session run one by one: leave 'concurrency' out.");
            return 1;
        }

        // A caller who may have so many jobs under way has them by a batch, too.
        var most = callers.Value.JobsInFlight is > 0 and var limit ? limit : MostConcurrency;
        return Math.Min(body.Concurrency ?? DefaultConcurrency, most);
    }

    // The same edit of the same media would be paid for twice, and is most likely a row that was copied.
    private static IEnumerable<ItemProblem> Twins(BatchLine[] items)
    {
        static string Names(JobBody body, MediaRole role) => string.Join('\n', body.AddressesOf(role));
        var first = new Dictionary<(string, string, string, string?), int>();
        foreach (var (index, item) in items.Index())
        {
            var edit = (Names(item.Body, MediaRole.Video), Names(item.Body, MediaRole.Face), Names(item.Body, MediaRole.Audio), item.Body.Instruction);
            if (!first.TryAdd(edit, index + 1))
            {
                yield return new ItemProblem(index + 1, item.Line, ErrorCodes.InvalidRequest, $"This is the same edit as item {first[edit]}, and would be paid for twice.");
            }
        }
    }
}
