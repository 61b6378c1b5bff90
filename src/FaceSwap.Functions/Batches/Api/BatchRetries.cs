using System.Text;
using FaceSwap.Batches;
using FaceSwap.Callers;
using FaceSwap.Errors;
using FaceSwap.Functions.Edge.Http;
using FaceSwap.Functions.Jobs;
using FaceSwap.Webhooks;
using Microsoft.Extensions.Options;

namespace FaceSwap.Functions.Batches.Api;

/// <summary>Makes a new batch of what has no result in one that has ended.</summary>
public sealed class BatchRetries(
    BatchReader batches, UnfinishedItems unfinished, BatchItems items, BatchStart start, ApiAddress address, IOptions<WebhookOptions> webhooks, TimeProvider time)
{
    private const int MostBytes = 64 * 1024;

    // What is tried again only on demand: what may be paid for twice, and what was not wanted any more.
    private static readonly Dictionary<string, UnfinishedKind> OnDemand = new(StringComparer.Ordinal)
    {
        ["ambiguous"] = UnfinishedKind.Ambiguous,
        ["paid"] = UnfinishedKind.Paid,
        ["cancelled"] = UnfinishedKind.Cancelled,
        ["not_started"] = UnfinishedKind.NotStarted,
    };

    /// <returns>The batch that was started, or that an earlier request with the same key started.</returns>
    /// <exception cref="FaceSwapException">
    /// <see cref="ErrorCodes.BatchNotFound"/>, <see cref="ErrorCodes.BatchRunning"/>, <see cref="ErrorCodes.NothingToRetry"/>, or the request breaks a rule.
    /// </exception>
    public async Task<StartedBatch> AcceptAsync(HttpRequest request, string id, Caller caller, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var (apiBase, key) = (address.Of(request), IdempotencyKey.Of(request));
        var kinds = KindsOf(await ReadAsync(request, cancellationToken));
        var earlier = await batches.ReadAsync(id, caller, client, cancellationToken);
        var keyed = KeyedRequest.Of(
            earlier.Input.Batch.Caller, key, "retry"u8.ToArray(), Encoding.UTF8.GetBytes(id), Encoding.UTF8.GetBytes(string.Join(',', kinds)));
        if (await start.ReplayAsync(keyed, client, cancellationToken) is { } replayed)
        {
            return replayed;
        }

        if (!earlier.HasEnded)
        {
            throw new FaceSwapException(ErrorCodes.BatchRunning, $"The batch is {(earlier.Status?.State ?? BatchState.Queued).ToString().ToLowerInvariant()}.");
        }

        var (input, jobs) = await NextAsync(earlier, kinds, apiBase, client, cancellationToken);
        return await start.StartAsync(keyed, input, jobs, client, cancellationToken);
    }

    // Everything is as it was accepted, apart from what the batch itself is.
    private async Task<(FaceSwapBatchInput Input, IReadOnlyList<FaceSwapJobInput> Jobs)> NextAsync(
        BatchReading earlier, IReadOnlyCollection<UnfinishedKind> kinds, string apiBase, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var (id, first) = (BatchIds.New(time), earlier.Input.Batch);
        var without = await unfinished.FindAsync(earlier, client, cancellationToken);
        var chosen = without.Where(item => kinds.Contains(item.Kind)).Select(item => item.Number).ToHashSet();
        if (chosen.Count == 0)
        {
            throw new FaceSwapException(ErrorCodes.NothingToRetry, Nothing(without));
        }

        var kept = await items.ReadAsync(first.ItemsAt, 1, first.Items, cancellationToken);
        var jobs = kept.Where(item => chosen.Contains(item.Number)).Select(item => item.Item with { Job = item.Item.Job with { Id = id, ApiBase = apiBase } });
        var batch = first with { Id = id, SubmittedAt = time.GetUtcNow(), ApiBase = apiBase, Items = chosen.Count, Key = null, RetryOf = first.Id, Schedule = null };
        return (new FaceSwapBatchInput(batch, earlier.Input.Webhooks, webhooks.Value.ProgressInterval), [.. jobs]);
    }

    private static string Nothing(IReadOnlyList<UnfinishedItem> without)
    {
        var left = OnDemand.Select(kind => (Name: kind.Key, Count: without.Count(item => item.Kind == kind.Value))).Where(kind => kind.Count > 0).ToList();
        return left.Count == 0
            ? "No item of the batch has failed."
            : $"No item of the batch has failed in a way that is tried again by itself. On demand there are: {string.Join(", ", left.Select(kind => $"{kind.Count} {kind.Name}"))}.";
    }

    private static async Task<RetryBody> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(request.ContentType))
        {
            return await JsonBodyReader.ReadAsync(request, BatchesApiJson.Default.RetryBody, cancellationToken);
        }

        return await JsonBodyReader.ReadAsync(request.Body, MostBytes, cancellationToken) is { IsEmpty: true }
            ? new RetryBody()
            : throw new FaceSwapException(ErrorCodes.UnsupportedContentType, "The content type must be application/json.");
    }

    private static SortedSet<UnfinishedKind> KindsOf(RetryBody body) =>
    [
        UnfinishedKind.Failed,
        .. (body.Include ?? []).Select(name => name is not null && OnDemand.TryGetValue(name, out var kind)
            ? kind
            : throw new FaceSwapException(ErrorCodes.InvalidRequest, $"'include' may name {string.Join(", ", OnDemand.Keys.Select(known => $"'{known}'"))}.")),
    ];
}

/// <summary>Which items are tried again.</summary>
/// <param name="Include">
/// Beside those that failed and were not charged for: <c>ambiguous</c> (may have been charged), <c>paid</c> (were charged, and can be
/// rendered without another charge), <c>cancelled</c>, <c>not_started</c>.
/// </param>
public sealed record RetryBody(IReadOnlyList<string>? Include = null);
