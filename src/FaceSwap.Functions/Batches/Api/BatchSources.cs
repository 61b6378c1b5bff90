using FaceSwap.Batches;
using FaceSwap.Callers;
using FaceSwap.Errors;
using FaceSwap.Functions.Edge.Http;
using FaceSwap.Functions.Jobs.Api;
using FaceSwap.Media;

namespace FaceSwap.Functions.Batches.Api;

/// <summary>Where the items of a batch come from: the request, a prefix of the container of media, or a manifest that lies there.</summary>
public sealed class BatchSources(LibraryItems libraryItems, MediaLibrary library)
{
    /// <summary>Looks up what a prefix or a manifest stands for.</summary>
    /// <exception cref="FaceSwapException">There is nothing there, or it cannot be read.</exception>
    internal async Task<SubmittedBatch> ResolveAsync(SubmittedBatch submitted, Caller caller, List<ItemProblem> problems, CancellationToken cancellationToken)
    {
        var (body, lines) = submitted;
        BatchFields.Require(
            new[] { body.Items is not null || lines.Count + problems.Count > 0, body.Prefix is not null, body.Manifest is not null }.Count(given => given) <= 1,
            "A batch has 'items', a 'prefix' or a 'manifest', and not several of them.");
        if (body.Prefix is { } prefix)
        {
            var found = await libraryItems.FindAsync(caller.Id, prefix, cancellationToken);
            BatchFields.Require(found.Count > 0, "'prefix' names no video of yours in the container of media.");
            return submitted with { Lines = [.. found.Select(item => new BatchLine(null, BodyOf(item, body.Defaults?.Metadata)))] };
        }

        return body.Manifest is { } manifest ? await ReadManifestAsync(body, manifest, caller, problems, cancellationToken) : submitted;
    }

    private static JobBody BodyOf(LibraryItem item, IReadOnlyDictionary<string, string>? metadata) => new(
        MediaLibrary.NameOf(item.Video.Name),
        item.Face is null ? null : MediaLibrary.NameOf(item.Face.Name),
        Metadata: new Dictionary<string, string>(metadata ?? new Dictionary<string, string>()) { ["file"] = item.Video.Name });

    private async Task<SubmittedBatch> ReadManifestAsync(
        BatchBody body, string manifest, Caller caller, List<ItemProblem> problems, CancellationToken cancellationToken)
    {
        await using var content = await library.OpenAsync(await library.FindAsync(caller.Id, MediaLibrary.NameOf(manifest), cancellationToken), cancellationToken);
        var bytes = await JsonBodyReader.ReadAsync(content, InboxStore.MostBytes, cancellationToken) ?? throw BatchRequests.TooLarge();
        var read = BatchRequests.Parse(bytes, manifest.EndsWith(".csv", StringComparison.OrdinalIgnoreCase), problems);
        BatchFields.Require(read.Body.Prefix is null && read.Body.Manifest is null, "'manifest' must name a file with 'items'.");

        // What the request says holds for the whole; the file says what it leaves open.
        return new SubmittedBatch(
            new BatchBody(null, null, null, BatchFields.Merge(body.Defaults ?? new JobBody(), read.Body.Defaults), body.Concurrency ?? read.Body.Concurrency, body.OnError ?? read.Body.OnError, body.Mode ?? read.Body.Mode, body.Webhook ?? read.Body.Webhook, body.Metadata ?? read.Body.Metadata),
            read.Lines);
    }
}
