using System.Net.ServerSentEvents;
using FaceSwap.Errors;

namespace FaceSwap.NemoVideo.Messages;

/// <summary>The answer to a message: a stream of events, or why there is none.</summary>
public sealed class NemoReply : IDisposable
{
    private readonly HttpResponseMessage? _response;

    private NemoReply(NemoReplyKind kind, HttpResponseMessage? response, JobError? error) =>
        (Kind, _response, Error) = (kind, response, error);

    public NemoReplyKind Kind { get; }

    /// <summary>Why there is no stream.</summary>
    public JobError? Error { get; }

    /// <summary>The events, as they arrive; the end of the stream is the end of the answer.</summary>
    public async IAsyncEnumerable<NemoEvent> ReadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var body = await _response!.Content.ReadAsStreamAsync(cancellationToken);
        var parser = SseParser.Create(body, static (_, data) => NemoEventParser.Parse(data));
        await foreach (var item in parser.EnumerateAsync(cancellationToken))
        {
            yield return item.Data;
        }
    }

    public void Dispose() => _response?.Dispose();

    internal static NemoReply Streaming(HttpResponseMessage response) => new(NemoReplyKind.Streaming, response, null);

    internal static NemoReply Refused(FaceSwapException failure) => new(NemoReplyKind.Refused, null, failure.ToError());

    internal static NemoReply NotSent(string why) => new(NemoReplyKind.NotSent, null, JobError.Of(ErrorCodes.NotSent, why));

    internal static NemoReply Unknown() => new(NemoReplyKind.Unknown, null, null);
}
