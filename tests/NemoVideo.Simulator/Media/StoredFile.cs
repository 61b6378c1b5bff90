namespace NemoVideo.Simulator.Media;

/// <summary>A file in the media folder. Size in bytes; SHA-256 in lower-case hexadecimal.</summary>
internal sealed record StoredFile(string Name, long Size, string Hash);
