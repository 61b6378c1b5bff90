namespace FaceSwap.Jobs;

/// <summary>Facts about a finished video.</summary>
public sealed record JobResultView(string ContentType, long Size, string Sha256);
