namespace FaceSwap.Webhooks.Endpoints;

/// <summary>A secret that was rotated away and signs beside its successor for a while.</summary>
/// <param name="Rotation">Its number.</param>
/// <param name="SignsUntil">When it stops.</param>
public sealed record RetiredSecret(int Rotation, DateTimeOffset SignsUntil);
