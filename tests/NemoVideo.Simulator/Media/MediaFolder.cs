using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace NemoVideo.Simulator.Media;

/// <summary>The files of the backend, on disk under the data folder. They come in as streams and are never whole in memory.</summary>
internal sealed class MediaFolder
{
    private const int BufferSize = 81_920;
    private readonly string folder;
    private readonly long limit;

    public MediaFolder(IOptions<SimulatorOptions> options)
    {
        limit = options.Value.MaxUploadBytes;
        folder = Directory.CreateDirectory(Path.Combine(Path.GetFullPath(options.Value.Data), "media")).FullName;
    }

    public string PathOf(string storedAs) => Path.Combine(folder, storedAs);

    public FileStream Open(string storedAs) =>
        new(PathOf(storedAs), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferSize, useAsync: true);

    /// <summary>Saves a stream under a name of its own.</summary>
    /// <returns>Null when it is larger than the limit; then nothing is kept, and the rest is read and dropped.</returns>
    public async Task<StoredFile?> SaveAsync(Stream source, string extension, CancellationToken cancellationToken)
    {
        var name = $"{Identifiers.New("file")}.{extension}";
        var stored = await CopyAsync(source, name, cancellationToken);
        if (stored.Size <= limit)
        {
            return stored;
        }

        File.Delete(PathOf(name));
        return null;
    }

    private async Task<StoredFile> CopyAsync(Stream source, string name, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        await using var target = new FileStream(PathOf(name), FileMode.CreateNew, FileAccess.Write, FileShare.None, 0, useAsync: true);
        try
        {
            long size = 0;
            for (int read; (read = await source.ReadAsync(buffer, cancellationToken)) > 0;)
            {
                size += read;
                if (size <= limit)
                {
                    hash.AppendData(buffer, 0, read);
                    await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                }
            }

            return new StoredFile(name, size, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
