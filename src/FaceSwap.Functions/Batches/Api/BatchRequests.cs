using System.Text.Json;
using FaceSwap.Batches;
using FaceSwap.Errors;
using FaceSwap.Functions.Edge.Http;
using FaceSwap.Functions.Jobs.Api;
using Microsoft.Net.Http.Headers;

namespace FaceSwap.Functions.Batches.Api;

/// <summary>Reads what callers send as batches: JSON, or CSV with what holds for the whole batch in the query.</summary>
internal static class BatchRequests
{
    private const int DepthOfItems = 2;

    /// <summary>Reads a batch.</summary>
    /// <param name="request">The request.</param>
    /// <param name="problems">Takes what is wrong with rows.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="FaceSwapException">The body is of no known kind, or cannot be read as a batch at all.</exception>
    public static async Task<SubmittedBatch> ReadAsync(HttpRequest request, ICollection<ItemProblem> problems, CancellationToken cancellationToken)
    {
        var type = MediaTypeHeaderValue.TryParse(request.ContentType, out var parsed) ? parsed.MediaType.Value : null;
        var isCsv = string.Equals(type, "text/csv", StringComparison.OrdinalIgnoreCase);
        if (!isCsv && !string.Equals(type, "application/json", StringComparison.OrdinalIgnoreCase))
        {
            throw new FaceSwapException(ErrorCodes.UnsupportedContentType, "A batch is application/json or text/csv.") { Remedy = "Send the items as JSON, or as CSV with a header." };
        }

        if (!isCsv && (request.Query.ContainsKey("concurrency") || request.Query.ContainsKey("on_error") || request.Query.ContainsKey("mode")))
        {
            throw new FaceSwapException(ErrorCodes.InvalidRequest, "'concurrency', 'on_error' and 'mode' are parameters for CSV; JSON has 'concurrency', 'onError' and 'mode' in its body.");
        }

        var content = await JsonBodyReader.ReadAsync(request.Body, InboxStore.MostBytes, cancellationToken) ?? throw TooLarge();
        var submitted = Parse(content, isCsv, problems);
        return isCsv ? submitted with { Body = new BatchBody(Concurrency: request.Query.Number("concurrency"), OnError: request.Query.One("on_error"), Mode: request.Query.One("mode")) } : submitted;
    }

    /// <summary>Reads a batch from the content of a file.</summary>
    /// <param name="content">The content.</param>
    /// <param name="isCsv">Whether it is CSV, and not JSON.</param>
    /// <param name="problems">Takes what is wrong with rows.</param>
    /// <exception cref="FaceSwapException">It cannot be read as a batch at all.</exception>
    public static SubmittedBatch Parse(ReadOnlyMemory<byte> content, bool isCsv, ICollection<ItemProblem> problems)
    {
        if (isCsv)
        {
            return new SubmittedBatch(new BatchBody(), CsvItems.Read(content.Span, problems));
        }

        CheckCount(content.Span);
        var body = JsonBodyReader.Read(content.Span, BatchesApiJson.Default.BatchBody);
        return new SubmittedBatch(body, [.. (body.Items ?? []).Select(item => new BatchLine(null, item ?? new JobBody()))]);
    }

    // Before anything is made of them: a file of empty items could hold millions. What is no JSON is said by whoever reads it.
    private static void CheckCount(ReadOnlySpan<byte> content)
    {
        var reader = new Utf8JsonReader(content, new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        var items = 0;
        try
        {
            while (reader.Read())
            {
                items += reader is { CurrentDepth: DepthOfItems, TokenType: JsonTokenType.StartObject or JsonTokenType.Null } ? 1 : 0;
                if (items > BatchInput.MostItems * 2)
                {
                    throw new FaceSwapException(ErrorCodes.InvalidRequest, $"A batch has 1 to {BatchInput.MostItems:N0} items, and this one has more.");
                }
            }
        }
        catch (JsonException)
        {
            // Said below.
        }
    }

    /// <summary>A file that is not even read.</summary>
    public static FaceSwapException TooLarge() => new(ErrorCodes.InvalidBatch, "The batch is larger than 8 MiB.");
}

/// <summary>A batch as it was read.</summary>
/// <param name="Body">What holds for the whole of it.</param>
/// <param name="Lines">Its items, as far as they could be read.</param>
internal sealed record SubmittedBatch(BatchBody Body, IReadOnlyList<BatchLine> Lines);

/// <summary>The body of a batch.</summary>
/// <param name="Items">The items, 1 to 1,000; each is what a job's submission would be.</param>
/// <param name="Prefix">Instead of items: every video of the caller's library whose name begins so is one.</param>
/// <param name="Manifest">Instead of items: a file of the caller's library that lists them, as CSV or JSON.</param>
/// <param name="Defaults">What holds for every item that does not say otherwise.</param>
/// <param name="Concurrency">How many items run at a time, 1 to 50; default 4.</param>
/// <param name="OnError"><c>continue</c> (default) or <c>stop</c>: what follows an item that fails.</param>
/// <param name="Mode"><c>separate</c> (default) or <c>shared_session</c>: whether each item has a session of its own at the backend.</param>
/// <param name="Webhook">Where the batch's progress and end are told; its jobs' ends are told where <c>defaults</c> say.</param>
/// <param name="Metadata">The caller's own words about the batch, returned unchanged: at most 16 entries.</param>
public sealed record BatchBody(
    IReadOnlyList<JobBody>? Items = null,
    string? Prefix = null,
    string? Manifest = null,
    JobBody? Defaults = null,
    int? Concurrency = null,
    string? OnError = null,
    string? Mode = null,
    WebhookBody? Webhook = null,
    IReadOnlyDictionary<string, string>? Metadata = null);
