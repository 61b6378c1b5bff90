namespace FaceSwap.Ledger;

/// <summary>What the stream of an answer came to.</summary>
/// <param name="IsComplete">Whether it ended by itself; otherwise it broke, or was left.</param>
/// <param name="Text">What the agent said, as it said it.</param>
public readonly record struct Answer(bool IsComplete, string Text);
