namespace FaceSwap.Functions.Activities;

/// <summary>A reading of a session's state, compared with the one before the message.</summary>
/// <param name="Hash">The state's hash.</param>
/// <param name="HasChanged">Whether it differs from the baseline.</param>
/// <param name="IsExportable">Whether it can be rendered.</param>
public sealed record StateReading(string Hash, bool HasChanged, bool IsExportable);
