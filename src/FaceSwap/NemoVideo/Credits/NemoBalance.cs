namespace FaceSwap.NemoVideo.Credits;

/// <summary>The account's credits: what can be spent, and what work in progress has reserved.</summary>
public sealed record NemoBalance(decimal Available, decimal Frozen);
