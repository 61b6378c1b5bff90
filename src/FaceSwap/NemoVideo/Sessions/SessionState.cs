namespace FaceSwap.NemoVideo.Sessions;

/// <summary>A reading of a session's state.</summary>
/// <param name="Draft">The draft exactly as the backend wrote it; it goes back on export byte for byte.</param>
/// <param name="Hash">The hash of draft and generated media in canonical form: equal hashes mean that nothing changed.</param>
/// <param name="IsExportable">Whether at least one track has a segment.</param>
/// <param name="FileNames">The names of the files that the session knows of.</param>
public sealed record SessionState(ReadOnlyMemory<byte> Draft, string Hash, bool IsExportable, IReadOnlyList<string> FileNames);
