namespace FaceSwap.Media;

/// <summary>A media file in the app's container.</summary>
/// <param name="Blob">Its path in the container.</param>
/// <param name="FileName">The name it goes by at the backend; made by the app, never by a caller.</param>
/// <param name="ContentType">Its media type, as its content shows.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Sha256">The SHA-256 of its bytes, in lower-case hex.</param>
public sealed record StagedMedia(string Blob, string FileName, string ContentType, long Size, string Sha256);
