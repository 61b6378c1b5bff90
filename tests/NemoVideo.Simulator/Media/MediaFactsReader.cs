using System.Buffers.Binary;

namespace NemoVideo.Simulator.Media;

/// <summary>Reads duration and size from the headers of MP4 and PNG; other formats get nominal facts.</summary>
internal static class MediaFactsReader
{
    private const int LargestHeader = 8 * 1024 * 1024;

    public static async Task<MediaFacts> ReadAsync(Stream file, string type, CancellationToken cancellationToken)
    {
        var head = new byte[24];
        await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        if (type == MediaFormats.Image)
        {
            return head[0] == 0x89
                ? new MediaFacts(0, BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(20)), 0)
                : new MediaFacts(0, 1024, 1024, 0);
        }

        return await ReadMovieHeaderAsync(file, cancellationToken) is { } movie ? FactsOf(movie) : MediaFacts.Nominal;
    }

    private static async Task<byte[]?> ReadMovieHeaderAsync(Stream file, CancellationToken cancellationToken)
    {
        var head = new byte[8];
        for (long at = 0; at + head.Length <= file.Length;)
        {
            file.Position = at;
            await file.ReadExactlyAsync(head, cancellationToken);
            var size = (long)BinaryPrimitives.ReadUInt32BigEndian(head);
            if (head.AsSpan(4).SequenceEqual("moov"u8) && size is > 8 and <= LargestHeader && at + size <= file.Length)
            {
                var movie = new byte[size - 8];
                await file.ReadExactlyAsync(movie, cancellationToken);
                return movie;
            }

            if (size < head.Length)
            {
                return null;
            }

            at += size;
        }

        return null;
    }

    private static MediaFacts FactsOf(ReadOnlySpan<byte> movie)
    {
        var facts = MediaFacts.Nominal;
        var header = movie.IndexOf("mvhd"u8);
        if (header >= 0 && movie.Length >= header + 24 && movie[header + 4] == 0)
        {
            var scale = BinaryPrimitives.ReadUInt32BigEndian(movie[(header + 16)..]);
            facts = facts with { Duration = Math.Round(BinaryPrimitives.ReadUInt32BigEndian(movie[(header + 20)..]) / (double)Math.Max(1, scale), 3) };
        }

        for (var track = movie.IndexOf("tkhd"u8); track >= 0 && movie.Length >= track + 88; track = Following(movie, track))
        {
            var width = BinaryPrimitives.ReadUInt16BigEndian(movie[(track + 80)..]);
            if (width > 0)
            {
                return facts with { Width = width, Height = BinaryPrimitives.ReadUInt16BigEndian(movie[(track + 84)..]) };
            }
        }

        return facts;
    }

    private static int Following(ReadOnlySpan<byte> movie, int track)
    {
        var next = movie[(track + 4)..].IndexOf("tkhd"u8);
        return next < 0 ? -1 : track + 4 + next;
    }
}
