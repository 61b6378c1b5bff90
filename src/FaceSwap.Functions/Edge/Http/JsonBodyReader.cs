using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FaceSwap.Errors;

namespace FaceSwap.Functions.Edge.Http;

/// <summary>Reads the JSON of a request; an unknown field is an error, since it is most likely a misspelt one.</summary>
internal static class JsonBodyReader
{
    private const int UsualBytes = 64 * 1024;

    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.UnsupportedContentType"/> or <see cref="ErrorCodes.InvalidJson"/>.</exception>
    public static Task<T> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken, int mostBytes = UsualBytes) =>
        request.HasJsonContentType()
            ? ReadAsync(request.Body, type, cancellationToken, mostBytes)
            : throw new FaceSwapException(ErrorCodes.UnsupportedContentType, "The content type must be application/json.");

    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.InvalidJson"/>.</exception>
    public static async Task<T> ReadAsync<T>(Stream content, JsonTypeInfo<T> type, CancellationToken cancellationToken, int mostBytes = UsualBytes)
    {
        var bytes = await ReadAsync(content, mostBytes, cancellationToken)
            ?? throw new FaceSwapException(ErrorCodes.InvalidJson, $"The JSON is larger than {mostBytes / 1024:N0} KiB.");

        return Read(bytes.Span, type);
    }

    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.InvalidJson"/>.</exception>
    public static T Read<T>(ReadOnlySpan<byte> content, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(content, type)
                ?? throw new FaceSwapException(ErrorCodes.InvalidJson, "The JSON is null where an object is expected.");
        }
        catch (JsonException e)
        {
            throw new FaceSwapException(ErrorCodes.InvalidJson, $"The JSON cannot be read at '{e.Path ?? "$"}', line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.", inner: e);
        }
    }

    /// <summary>A body as a whole; null: it is larger than that.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(Stream content, int mostBytes, CancellationToken cancellationToken)
    {
        var buffer = new byte[Math.Min(mostBytes, UsualBytes) + 1];
        var length = 0;
        while (true)
        {
            length += await content.ReadAtLeastAsync(buffer.AsMemory(length), buffer.Length - length, throwOnEndOfStream: false, cancellationToken);
            if (length < buffer.Length)
            {
                return buffer.AsMemory(0, length);
            }

            if (length > mostBytes)
            {
                return null;
            }

            Array.Resize(ref buffer, (int)Math.Min((long)buffer.Length * 2, mostBytes + 1L));
        }
    }
}
