using System.Net.ServerSentEvents;
using FaceSwap.Errors;

namespace FaceSwap.NemoVideo.Messages;

/// <summary>The reply to a message: a stream of events, or why there is none.</summary>
public sealed class NemoReply : IDisposable
{
    private readonly HttpResponseMessage? _response;

    private NemoReply(NemoReplyKind kind, HttpResponseMessage? response, JobError? error) =>
        (Kind, _response, Error) = (kind, response, error);

    public NemoReplyKind Kind { get; }

    /// <summary>Why there is no stream.</summary>
    public JobError? Error { get; }

    /// <summary>The events, as they arrive; the end of the stream is the end of the reply.</summary>
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

    internal static NemoReply DidNotRun(JobError why) => new(NemoReplyKind.DidNotRun, null, why);

    internal static NemoReply Unknown() => new(NemoReplyKind.Unknown, null, null);
}

/// <summary>How the sending of a message went.</summary>
public enum NemoReplyKind
{
    /// <summary>The stream of the reply is open.</summary>
    Streaming,

    /// <summary>It is proven that the message did not run: none of it left the app, or the backend refused it before it began.</summary>
    DidNotRun,

    /// <summary>The message left; whether it runs is not known.</summary>
    Unknown,
}
