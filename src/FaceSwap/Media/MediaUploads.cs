using System.Buffers;
using FaceSwap.Errors;
using FaceSwap.Storage;
using Microsoft.Extensions.Options;

namespace FaceSwap.Media;

/// <summary>Files that callers bring into the container themselves, past the app and its limits for a request, before a job uses them.</summary>
public sealed class MediaUploads(BlobStore store, BlobLinks links, IOptions<MediaOptions> options, TimeProvider time)
{
    private const string Prefix = "upload_";
    private const int HexLength = 32;
    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdef");

    // Long enough for the largest file over a slow line.
    private static readonly TimeSpan LinkLifetime = TimeSpan.FromHours(1);

    /// <summary>Whether a text that names media names an upload, and not an address.</summary>
    public static bool IsId(string? text) => text?.StartsWith(Prefix, StringComparison.Ordinal) == true;

    /// <summary>Where a caller may write one file, and the id by which jobs use it.</summary>
    /// <param name="caller">Whose upload.</param>
    /// <param name="size">How large the file is, in bytes, where the caller says.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.MediaTooLarge"/>.</exception>
    public async Task<UploadTicket> OpenAsync(string caller, long? size, CancellationToken cancellationToken)
    {
        CheckSize(size ?? 0);
        var id = $"{Prefix}{Guid.CreateVersion7(time.GetUtcNow()):N}";
        return new UploadTicket(id, await links.WriteLinkAsync(JobPaths.Upload(caller, id), LinkLifetime, cancellationToken));
    }

    /// <summary>The blob of a caller's upload, which holds a file of a size that jobs take.</summary>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.UploadNotFound"/> or <see cref="ErrorCodes.MediaTooLarge"/>.</exception>
    public async Task<string> FindAsync(string caller, string id, CancellationToken cancellationToken)
    {
        var isId = id.Length == Prefix.Length + HexLength && !id.AsSpan(Prefix.Length).ContainsAnyExcept(Hex);
        var path = JobPaths.Upload(caller, id);
        var size = isId ? await store.SizeAsync(path, cancellationToken) : null;
        CheckSize(size ?? throw new FaceSwapException(ErrorCodes.UploadNotFound, $"No file has been uploaded as '{(isId ? id : Prefix)}'."));
        return path;
    }

    private void CheckSize(long size)
    {
        if (size > options.Value.MaxBytes)
        {
            throw new FaceSwapException(ErrorCodes.MediaTooLarge, $"The file is larger than {options.Value.MaxBytes:N0} bytes.");
        }
    }
}

/// <summary>An upload that is open: its id, and the address that takes the file.</summary>
public sealed record UploadTicket(string Id, BlobLink Link);
