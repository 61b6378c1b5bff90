namespace FaceSwap.Functions.Activities;

/// <param name="JobId">The job.</param>
/// <param name="SessionId">Its session.</param>
/// <param name="Baseline">The hash of the state before the message.</param>
/// <param name="Previous">The hash of the last reading, or null.</param>
public sealed record ReadStateInput(string JobId, string SessionId, string Baseline, string? Previous);
