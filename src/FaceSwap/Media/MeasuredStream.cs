using System.Security.Cryptography;
using FaceSwap.Errors;

namespace FaceSwap.Media;

/// <summary>Reads through to another stream while it counts, hashes and holds the size limit.</summary>
/// <remarks>It starts with bytes that were already taken from the inner stream to look at the format.</remarks>
internal sealed class MeasuredStream(Stream inner, ReadOnlyMemory<byte> start, long limit) : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private ReadOnlyMemory<byte> _start = start;

    /// <summary>How many bytes have been read so far.</summary>
    public long Count { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>SHA-256 of what was read, in lower-case hex; the stream is not read any further after this.</summary>
    public string FinishHash() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read;
        if (_start.Length > 0)
        {
            read = Math.Min(_start.Length, buffer.Length);
            _start[..read].CopyTo(buffer);
            _start = _start[read..];
        }
        else
        {
            read = await inner.ReadAsync(buffer, cancellationToken);
        }

        Count += read;
        if (Count > limit)
        {
            throw new FaceSwapException(ErrorCodes.MediaTooLarge, $"The file is larger than {limit:N0} bytes.");
        }

        _hash.AppendData(buffer.Span[..read]);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Media is streamed asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }
}
