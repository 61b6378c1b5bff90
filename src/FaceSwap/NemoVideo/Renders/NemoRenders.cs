using System.Buffers;
using System.Text.Json;
using FaceSwap.Errors;
using FaceSwap.NemoVideo.Transport;

namespace FaceSwap.NemoVideo.Renders;

/// <summary>Renders at the backend: asking for one under an id of our own, polling it, cancelling it. Source: backend contract, Export.</summary>
public sealed class NemoRenders(NemoTransport transport)
{
    /// <summary>The one format that the backend renders.</summary>
    public const string Format = "mp4";

    /// <summary>The one quality that its contract names.</summary>
    public const string Quality = "high";

    private const string Path = "api/render/proxy/lambda";

    /// <summary>The path under which a finished render can be fetched when its own address does not work.</summary>
    public static string DownloadPath(string renderId) => $"api/render/proxy/{renderId}/download";

    /// <summary>Asks for a render. Repeating it is harmless: an id that the backend knows already is a success.</summary>
    /// <param name="renderId">The id, chosen by the app and recorded before this call.</param>
    /// <param name="sessionId">The session to render.</param>
    /// <param name="draft">The draft, byte for byte as it was read.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task SubmitAsync(string renderId, string sessionId, ReadOnlyMemory<byte> draft, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await transport.PostAsync(Path, Body(renderId, sessionId, draft), repeatable: true, cancellationToken);
        }
        catch (FaceSwapException refusal) when (refusal.Code is ErrorCodes.BackendRefused or ErrorCodes.BackendUnavailable)
        {
            if (!await ExistsAsync(renderId, cancellationToken))
            {
                throw;
            }
        }
    }

    public async Task<RenderReading> PollAsync(string renderId, CancellationToken cancellationToken)
    {
        using var answer = await transport.GetAsync($"{Path}/{renderId}", cancellationToken);
        return answer.Read(RenderReadingParser.Parse);
    }

    public async Task CancelAsync(string renderId, CancellationToken cancellationToken)
    {
        using var answer = await transport.PostAsync($"{Path}/{renderId}/cancel", [], repeatable: true, cancellationToken);
    }

    // The backend's answer to a duplicate id is not documented; that the id can be polled is what it means.
    private async Task<bool> ExistsAsync(string renderId, CancellationToken cancellationToken)
    {
        try
        {
            await PollAsync(renderId, cancellationToken);
            return true;
        }
        catch (FaceSwapException e) when (e.Code == ErrorCodes.BackendRefused)
        {
            return false;
        }
    }

    private static byte[] Body(string renderId, string sessionId, ReadOnlyMemory<byte> draft)
    {
        var buffer = new ArrayBufferWriter<byte>(draft.Length + 256);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("id", renderId);
        json.WriteString("sessionId", sessionId);
        json.WritePropertyName("draft");
        json.WriteRawValue(draft.Span, skipInputValidation: true);
        json.WriteStartObject("output");
        json.WriteString("format", Format);
        json.WriteString("quality", Quality);
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
