using System.Net.Http.Headers;
using System.Text.Json;
using FaceSwap.Errors;

namespace FaceSwap.NemoVideo;

/// <summary>Reads an answer of the backend: JSON with a code, with HTTP 200 or with a matching status.</summary>
internal static class NemoAnswer
{
    /// <summary>The answer's JSON when it is a success.</summary>
    /// <exception cref="FaceSwapException">The failure that the answer stands for.</exception>
    public static async Task<JsonDocument> ReadAsync(HttpResponseMessage response, TimeProvider time, CancellationToken cancellationToken)
    {
        var document = await ParseAsync(response, cancellationToken);
        var failure = NemoErrors.Of((int)response.StatusCode, CodeOf(document), RetryAfter(response.Headers, time));
        if (failure is null && document is not null)
        {
            return document;
        }

        document?.Dispose();
        throw failure ?? new FaceSwapException(ErrorCodes.BackendUnavailable, "The backend answered something that is no JSON.");
    }

    /// <summary>The failure that an answer to the paid message stands for, and whether it proves that the message did not run.</summary>
    public static async Task<(FaceSwapException? Failure, bool NothingRan)> ReadRefusalAsync(
        HttpResponseMessage response, TimeProvider time, CancellationToken cancellationToken)
    {
        using var document = await ParseAsync(response, cancellationToken);
        var (status, code) = ((int)response.StatusCode, CodeOf(document));
        return (NemoErrors.Of(status, code, RetryAfter(response.Headers, time)), NemoErrors.ProvesThatNothingRan(status, code));
    }

    /// <summary>Takes what is needed out of an answer.</summary>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.BackendUnavailable"/>: it has another shape than documented.</exception>
    public static T Read<T>(this JsonDocument answer, Func<JsonElement, T> read)
    {
        try
        {
            return read(answer.RootElement);
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new FaceSwapException(ErrorCodes.BackendUnavailable, "The backend's answer has another shape than documented.", inner: e);
        }
    }

    private static async Task<JsonDocument?> ParseAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            return await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static int CodeOf(JsonDocument? document) =>
        document?.RootElement is { ValueKind: JsonValueKind.Object } root
        && root.TryGetProperty("code", out var code)
        && code.ValueKind == JsonValueKind.Number
        && code.TryGetInt32(out var number)
            ? number
            : 0;

    private static TimeSpan? RetryAfter(HttpResponseHeaders headers, TimeProvider time)
    {
        var wait = headers.RetryAfter?.Delta ?? headers.RetryAfter?.Date - time.GetUtcNow();
        return wait > TimeSpan.Zero ? wait : null;
    }
}
