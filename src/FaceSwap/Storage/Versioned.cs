using Azure;

namespace FaceSwap.Storage;

/// <summary>A document together with the version it was read at; a replacement succeeds only if no other came between.</summary>
/// <param name="Document">The content; null when there is none yet.</param>
/// <param name="Version">The version; null when there is none yet.</param>
public sealed record Versioned<T>(T? Document, ETag? Version)
    where T : class;
