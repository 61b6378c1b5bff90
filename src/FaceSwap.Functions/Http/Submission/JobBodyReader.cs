using System.Text.Json;
using FaceSwap.Errors;

namespace FaceSwap.Functions.Http.Submission;

/// <summary>Reads the JSON of a submission; an unknown field is an error, since it is most likely a misspelt one.</summary>
internal static class JobBodyReader
{
    private const int MostBytes = 64 * 1024;

    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.InvalidJson"/>.</exception>
    public static async Task<JobBody> ReadAsync(Stream content, CancellationToken cancellationToken)
    {
        var buffer = new byte[MostBytes + 1];
        var length = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        if (length > MostBytes)
        {
            throw new FaceSwapException(ErrorCodes.InvalidJson, "The JSON is larger than 64 KiB.");
        }

        try
        {
            return JsonSerializer.Deserialize(buffer.AsSpan(0, length), ApiJson.Default.JobBody)
                ?? throw new FaceSwapException(ErrorCodes.InvalidJson, "The JSON is null where an object is expected.");
        }
        catch (JsonException e)
        {
            throw new FaceSwapException(ErrorCodes.InvalidJson, $"The JSON cannot be read at '{e.Path ?? "$"}', line {e.LineNumber + 1}.", inner: e);
        }
    }
}
