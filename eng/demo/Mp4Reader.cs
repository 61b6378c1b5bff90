using System.Buffers.Binary;
using System.Text;

namespace FaceSwap.Demo;

/// <summary>Reads an MP4's facts from its boxes (ISO/IEC 14496-12), without decoding anything.</summary>
internal static class Mp4Reader
{
    private const int LargestHeader = 64 * 1024 * 1024;
    private const int SampleEntryOffset = 8;
    private const int WidthInSampleEntry = 32;

    /// <exception cref="DemoException">The file is no MP4 with a video track.</exception>
    public static Mp4Facts Read(string path)
    {
        using var file = File.OpenRead(path);
        var movie = MovieBox(file);
        var duration = Duration(Find(movie, "mvhd"));
        foreach (var track in Boxes(movie).Where(box => box.Type == "trak"))
        {
            var media = Find(track.Body, "mdia");
            if (Text(Find(media, "hdlr"), at: 8) == "vide")
            {
                var entry = Find(Find(Find(media, "minf"), "stbl"), "stsd")[SampleEntryOffset..];
                return new(
                    Codec(Text(entry, at: 4)),
                    BinaryPrimitives.ReadUInt16BigEndian(entry.Span[WidthInSampleEntry..]),
                    BinaryPrimitives.ReadUInt16BigEndian(entry.Span[(WidthInSampleEntry + sizeof(ushort))..]),
                    duration,
                    file.Length);
            }
        }

        throw new DemoException("The file has no video track.");
    }

    private static string Codec(string fourCharacters) => fourCharacters switch
    {
        "avc1" or "avc3" => "H.264",
        "hvc1" or "hev1" => "H.265",
        "av01" => "AV1",
        "vp09" => "VP9",
        _ => fourCharacters,
    };

    // Skips from box to box, so that the media itself is never read.
    private static ReadOnlyMemory<byte> MovieBox(FileStream file)
    {
        var header = new byte[16];
        while (file.ReadAtLeast(header.AsSpan(0, 8), 8, throwOnEndOfStream: false) == 8)
        {
            var (size, type, length) = Header(header, rest => file.ReadExactly(rest), file.Length - file.Position + 8);
            if (type == "moov" && size - length <= LargestHeader)
            {
                var body = new byte[size - length];
                file.ReadExactly(body);
                return body;
            }

            file.Seek(size - length, SeekOrigin.Current);
        }

        throw new DemoException("The file is no MP4: it has no moov box.");
    }

    private static IEnumerable<(string Type, ReadOnlyMemory<byte> Body)> Boxes(ReadOnlyMemory<byte> content)
    {
        while (content.Length >= 8)
        {
            var box = content;
            var header = box[..Math.Min(16, box.Length)].ToArray();
            var (size, type, length) = Header(header, _ => { }, box.Length);
            if (size > box.Length)
            {
                throw new DemoException("The file is damaged: a box ends after its container.");
            }

            yield return (type, box[length..(int)size]);
            content = box[(int)size..];
        }
    }

    private static (long Size, string Type, int HeaderLength) Header(byte[] header, Action<Span<byte>> readMore, long available)
    {
        long size = BinaryPrimitives.ReadUInt32BigEndian(header);
        var type = Encoding.ASCII.GetString(header, 4, 4);
        var length = 8;
        if (size == 1)
        {
            readMore(header.AsSpan(8));
            (size, length) = (BinaryPrimitives.ReadInt64BigEndian(header.AsSpan(8)), 16);
        }

        size = size == 0 ? available : size;
        return size >= length ? (size, type, length) : throw new DemoException("The file is damaged: a box is smaller than its header.");
    }

    private static ReadOnlyMemory<byte> Find(ReadOnlyMemory<byte> content, string type)
    {
        var found = Boxes(content).FirstOrDefault(box => box.Type == type);
        return found.Type is null ? throw new DemoException($"The file is damaged: no {type} box where one belongs.") : found.Body;
    }

    private static TimeSpan Duration(ReadOnlyMemory<byte> movieHeader)
    {
        var box = movieHeader.Span;
        var (scale, units) = box[0] == 1
            ? (BinaryPrimitives.ReadUInt32BigEndian(box[20..]), BinaryPrimitives.ReadUInt64BigEndian(box[24..]))
            : (BinaryPrimitives.ReadUInt32BigEndian(box[12..]), BinaryPrimitives.ReadUInt32BigEndian(box[16..]));
        return TimeSpan.FromSeconds((double)units / scale);
    }

    private static string Text(ReadOnlyMemory<byte> box, int at) => Encoding.ASCII.GetString(box.Span.Slice(at, 4));
}
