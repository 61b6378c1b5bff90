using FaceSwap.Media;

namespace FaceSwap.Functions.Batches;

/// <summary>Finds items in the library: a video is one, and a picture of the same name beside it is its face.</summary>
public sealed class LibraryItems(MediaLibrary library)
{
    private static readonly string[] Videos = [".mp4", ".mov", ".avi", ".webm", ".mkv"];
    private static readonly string[] Pictures = [".jpg", ".jpeg", ".png", ".gif", ".webp"];

    /// <summary>The items whose videos' names begin so, in ordinal order of the names.</summary>
    /// <param name="caller">Whose library.</param>
    /// <param name="prefix">The beginning of the names.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="Errors.FaceSwapException"><see cref="Errors.ErrorCodes.BlobNotFound"/>: the prefix leads out of what is the caller's.</exception>
    public async Task<IReadOnlyList<LibraryItem>> FindAsync(string caller, string prefix, CancellationToken cancellationToken)
    {
        var files = await library.ListAsync(caller, prefix, cancellationToken).ToListAsync(cancellationToken);
        var faces = files.Where(file => Has(file, Pictures)).ToLookup(file => Stem(file.Name));
        return [.. files.Where(file => Has(file, Videos)).Select(video => new LibraryItem(video, faces[Stem(video.Name)].FirstOrDefault()))];
    }

    private static bool Has(LibraryFile file, string[] extensions) => extensions.Contains(Path.GetExtension(file.Name), StringComparer.OrdinalIgnoreCase);

    private static string Stem(string name) => name[..^Path.GetExtension(name).Length];
}

/// <summary>An item of the library.</summary>
/// <param name="Video">Its video.</param>
/// <param name="Face">The face beside it; null: there is none, and another one is meant.</param>
public sealed record LibraryItem(LibraryFile Video, LibraryFile? Face);
