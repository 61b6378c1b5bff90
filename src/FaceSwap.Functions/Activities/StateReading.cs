using FaceSwap.Jobs;

namespace FaceSwap.Functions.Activities;

/// <summary>A reading of a session's state, compared with the one before the message and with the last.</summary>
/// <param name="Hash">The state's hash.</param>
/// <param name="HasChanged">Whether it differs from the baseline.</param>
/// <param name="Settled">What the edit did, once two readings agree on a state that can be rendered.</param>
public sealed record StateReading(string Hash, bool HasChanged, JobEdit? Settled);
