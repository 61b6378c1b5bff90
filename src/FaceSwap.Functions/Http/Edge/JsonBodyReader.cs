using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FaceSwap.Errors;
using Microsoft.AspNetCore.Http;

namespace FaceSwap.Functions.Http.Edge;

/// <summary>Reads the JSON of a request; an unknown field is an error, since it is most likely a misspelt one.</summary>
internal static class JsonBodyReader
{
    private const int MostBytes = 64 * 1024;

    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.UnsupportedContentType"/> or <see cref="ErrorCodes.InvalidJson"/>.</exception>
    public static Task<T> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        request.HasJsonContentType()
            ? ReadAsync(request.Body, type, cancellationToken)
            : throw new FaceSwapException(ErrorCodes.UnsupportedContentType, "The content type must be application/json.");

    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.InvalidJson"/>.</exception>
    public static async Task<T> ReadAsync<T>(Stream content, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var buffer = new byte[MostBytes + 1];
        var length = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        if (length > MostBytes)
        {
            throw new FaceSwapException(ErrorCodes.InvalidJson, "The JSON is larger than 64 KiB.");
        }

        try
        {
            return JsonSerializer.Deserialize(buffer.AsSpan(0, length), type)
                ?? throw new FaceSwapException(ErrorCodes.InvalidJson, "The JSON is null where an object is expected.");
        }
        catch (JsonException e)
        {
            throw new FaceSwapException(ErrorCodes.InvalidJson, $"The JSON cannot be read at '{e.Path ?? "$"}', line {e.LineNumber + 1}.", inner: e);
        }
    }
}
