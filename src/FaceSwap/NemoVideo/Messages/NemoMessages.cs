using System.Net.Http.Headers;
using System.Text.Json;
using FaceSwap.Errors;
using FaceSwap.NemoVideo.Tokens;

namespace FaceSwap.NemoVideo.Messages;

/// <summary>Sends the paid message. It is sent once or not at all; no handler, redirect or connection repeats it.</summary>
public sealed class NemoMessages(HttpClient http, TimeProvider time)
{
    /// <summary>Sends a message, unless its send-by time has passed when the connection stands.</summary>
    public async Task<NemoReply> SendAsync(
        NemoToken token, string sessionId, string text, DateTimeOffset sendBy, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(MessageRequest.Of(sessionId, text), MessageJson.Default.MessageRequest);
        using var content = new InstructionContent(body, sendBy, time);
        using var request = new HttpRequestMessage(HttpMethod.Post, "run_sse") { Content = content };
        request.Headers.Authorization = token.ToHeader();
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        try
        {
            var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return await ClassifyAsync(response, cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or InvalidOperationException or IOException or OperationCanceledException)
        {
            return content.WasWritten ? NemoReply.Unknown() : NemoReply.DidNotRun(JobError.Of(ErrorCodes.NotSent, "The message did not leave the app: no connection in time."));
        }
    }

    private async Task<NemoReply> ClassifyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode && response.Content.Headers.ContentType?.MediaType == "text/event-stream")
        {
            return NemoReply.Streaming(response);
        }

        using (response)
        {
            var (failure, nothingRan) = await NemoAnswer.ReadRefusalAsync(response, time, cancellationToken);
            return failure is not null && nothingRan ? NemoReply.DidNotRun(failure.ToError()) : NemoReply.Unknown();
        }
    }
}
