using System.Net;

namespace FaceSwap.NemoVideo.Messages;

/// <summary>The body of the paid message: it is written at most once, and only until its send-by time.</summary>
/// <remarks>
/// The time is checked when the connection stands and the body is about to be written, so that a process that was frozen
/// in between does not send late. The HTTP stack may ask for the body again on another connection; it gets none.
/// </remarks>
internal sealed class InstructionContent : HttpContent
{
    private readonly byte[] _body;
    private readonly DateTimeOffset _sendBy;
    private readonly TimeProvider _time;
    private int _writes;

    public InstructionContent(byte[] body, DateTimeOffset sendBy, TimeProvider time)
    {
        (_body, _sendBy, _time) = (body, sendBy, time);
        Headers.ContentType = new("application/json");
    }

    /// <summary>Whether a byte of the message may have left the process.</summary>
    public bool WasWritten => Volatile.Read(ref _writes) > 0;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (_time.GetUtcNow() > _sendBy)
        {
            throw new InvalidOperationException("The send-by time of the message has passed.");
        }

        if (Interlocked.Increment(ref _writes) > 1)
        {
            throw new InvalidOperationException("The message was written before; it is not written again.");
        }

        await stream.WriteAsync(_body, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }
}
