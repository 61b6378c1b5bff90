namespace FaceSwap.Storage;

/// <summary>One page of a listing.</summary>
/// <param name="Names">The names, in ordinal order.</param>
/// <param name="Cursor">Where the next page begins; null: this is the last.</param>
public sealed record NamePage(IReadOnlyList<string> Names, string? Cursor);
