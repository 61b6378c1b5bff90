using System.Text.Json;

namespace NemoVideo.Simulator.Ledger;

/// <summary>
/// The append-only file: one entry a line. A line reaches the operating system before <see cref="Append"/> returns,
/// so it survives the death of the process at any moment.
/// </summary>
internal sealed class LedgerFile : IDisposable
{
    private readonly FileStream file;

    public LedgerFile(string path)
    {
        file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
    }

    /// <summary>Reads what stands in the file. A last line without its end was never acted upon and is cut off.</summary>
    public IEnumerable<LedgerEntry> ReadAll()
    {
        file.Position = 0;
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var whole = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
        file.SetLength(whole);
        file.Position = whole;
        return Parse(bytes, whole);
    }

    public void Append(LedgerEntry entry)
    {
        var line = JsonSerializer.SerializeToUtf8Bytes(entry, LedgerJson.Default.LedgerEntry);
        file.Write([.. line, (byte)'\n']);
        file.Flush();
    }

    public void Dispose() => file.Dispose();

    private static IEnumerable<LedgerEntry> Parse(byte[] bytes, int whole)
    {
        for (var start = 0; start < whole;)
        {
            var length = bytes.AsSpan(start, whole - start).IndexOf((byte)'\n');
            yield return JsonSerializer.Deserialize(bytes.AsSpan(start, length), LedgerJson.Default.LedgerEntry)!;
            start += length + 1;
        }
    }
}
