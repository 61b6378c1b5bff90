using System.Buffers.Text;
using System.Text;
using FaceSwap.Errors;
using FaceSwap.Keys;

namespace FaceSwap.Functions.Edge.Http;

/// <summary>Cursors as callers get them: opaque, safe in an address, and good for the one listing that they came with.</summary>
/// <remarks>They are sealed, so that no text of a caller reaches the storage account as its continuation token.</remarks>
public sealed class PageCursors(MasterKey master)
{
    /// <param name="listing">Which listing is read.</param>
    /// <param name="cursor">Where its page ended; null: it was the last.</param>
    public string? Write(string listing, string? cursor) =>
        cursor is null ? null : Base64Url.EncodeToString(BoxOf(listing).Seal(Encoding.UTF8.GetBytes(cursor)));

    /// <param name="listing">Which listing is read.</param>
    /// <param name="text">What the caller sent; null: the first page is asked for.</param>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.InvalidRequest"/>: no page of this listing came with it.</exception>
    public string? Read(string listing, string? text)
    {
        if (text is null)
        {
            return null;
        }

        var cursor = Base64Url.IsValid(text) ? BoxOf(listing).Open(Base64Url.DecodeFromChars(text)) : null;
        return cursor is null
            ? throw new FaceSwapException(ErrorCodes.InvalidRequest, "'cursor' must be one that a page of this listing came with.")
            : Encoding.UTF8.GetString(cursor);
    }

    private SealedBox BoxOf(string listing) => new(master, $"cursor:{listing}");
}
