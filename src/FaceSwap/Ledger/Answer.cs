namespace FaceSwap.Ledger;

/// <summary>What the stream of an answer came to.</summary>
/// <param name="IsComplete">Whether it ended by itself; otherwise it broke, or was left.</param>
/// <param name="HadText">Whether the agent said anything.</param>
public readonly record struct Answer(bool IsComplete, bool HadText);
