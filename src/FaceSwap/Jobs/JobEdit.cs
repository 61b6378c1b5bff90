namespace FaceSwap.Jobs;

/// <summary>What an edit did, in words.</summary>
/// <param name="Timeline">What the session's timeline holds now.</param>
/// <param name="Changes">What became different, at most twenty sentences.</param>
/// <param name="Reply">What the agent said, without talk about a screen; null when it said nothing.</param>
public sealed record JobEdit(string Timeline, IReadOnlyList<string> Changes, string? Reply = null);
