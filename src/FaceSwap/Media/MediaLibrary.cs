using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using FaceSwap.Callers;
using FaceSwap.Errors;
using FaceSwap.Storage;
using Microsoft.Extensions.Options;

namespace FaceSwap.Media;

/// <summary>Files that callers keep in the storage account themselves, in a container of their own, and name as <c>blob:NAME</c>.</summary>
/// <remarks>
/// The whole container is the default caller's, apart from the folder <c>callers</c>: there every other caller has a folder,
/// outside of which nothing is theirs.
/// </remarks>
public sealed class MediaLibrary(BlobServiceClient service, IOptions<MediaOptions> options)
{
    private const string Scheme = "blob:";
    private const string OfOthers = "callers/";
    private const int LongestName = 1024;

    private BlobContainerClient Container => service.GetBlobContainerClient(options.Value.LibraryContainer);

    /// <summary>Whether a text that names media names a file of the library, and not an address.</summary>
    public static bool IsName(string? text) => text?.StartsWith(Scheme, StringComparison.Ordinal) == true;

    /// <summary>How items name a file.</summary>
    public static string NameOf(string file) => $"{Scheme}{file}";

    /// <summary>Where a caller's file lies in the container, if it is there and of a size that jobs take.</summary>
    /// <param name="caller">Whose file.</param>
    /// <param name="name">Its name, as <see cref="NameOf"/> gives it.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.BlobNotFound"/> or <see cref="ErrorCodes.MediaTooLarge"/>.</exception>
    public async Task<string> FindAsync(string caller, string name, CancellationToken cancellationToken)
    {
        var path = name.Length > Scheme.Length ? PathOf(caller, name[Scheme.Length..]) : throw NotFound(null);
        try
        {
            var properties = await Container.GetBlobClient(path).GetPropertiesAsync(cancellationToken: cancellationToken);
            return properties.Value.ContentLength <= options.Value.MaxBytes
                ? path
                : throw new FaceSwapException(ErrorCodes.MediaTooLarge, $"The file is larger than {options.Value.MaxBytes:N0} bytes.");
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            throw NotFound(e);
        }
    }

    /// <summary>Opens a file.</summary>
    /// <param name="path">Where it lies, as <see cref="FindAsync"/> told.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.BlobNotFound"/>: it is gone.</exception>
    public async Task<Stream> OpenAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return (await Container.GetBlobClient(path).DownloadStreamingAsync(cancellationToken: cancellationToken)).Value.Content;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            throw NotFound(e);
        }
    }

    /// <summary>A caller's files whose names begin so, in ordinal order; names are as the caller has them.</summary>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.BlobNotFound"/>: the prefix leads out of what is the caller's.</exception>
    public async IAsyncEnumerable<LibraryFile> ListAsync(string caller, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var root = RootOf(caller);
        var files = Container.GetBlobsAsync(new() { Prefix = PathOf(caller, prefix) }, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (files)
        {
            while (await MoveNextAsync(files))
            {
                // What could not be named is not there.
                var name = files.Current.Name[root.Length..];
                if (IsTheirs(root, name))
                {
                    yield return new LibraryFile(name, files.Current.Properties.ETag?.ToString() ?? "");
                }
            }
        }
    }

    // Nobody has put a file there yet.
    private static async ValueTask<bool> MoveNextAsync<T>(IAsyncEnumerator<T> files)
    {
        try
        {
            return await files.MoveNextAsync();
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return false;
        }
    }

    /// <summary>Where a caller's file of a name lies, if it is there.</summary>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.BlobNotFound"/>: it would lie outside of what is the caller's.</exception>
    public static string PathOf(string caller, string name)
    {
        var root = RootOf(caller);
        return IsTheirs(root, name) ? $"{root}{name}" : throw NotFound(null);
    }

    // Storage and what stands before it may read some names as others: those lead nowhere. The last part of a prefix may be empty.
    private static bool IsTheirs(string root, string name) =>
        name.Length <= LongestName
        && !name.Any(letter => char.IsControl(letter) || letter == '\\')
        && name.Split('/') is var parts
        && parts.Index().All(part => part.Item.Length > 0 ? !part.Item.EndsWith('.') : part.Index == parts.Length - 1)
        && (root.Length > 0 || !name.StartsWith(OfOthers, StringComparison.OrdinalIgnoreCase));

    private static string RootOf(string caller) => caller == CallerIds.Default ? "" : $"{OfOthers}{JobPaths.Folder(caller)}/";

    private static FaceSwapException NotFound(Exception? cause) => new(ErrorCodes.BlobNotFound, "No file of yours has this name in the container of media.", inner: cause);
}

/// <summary>A file of the library.</summary>
/// <param name="Name">Its name, as its caller has it.</param>
/// <param name="Version">Which version of it.</param>
public sealed record LibraryFile(string Name, string Version);
