namespace FaceSwap.Functions.Http;

/// <summary>The account's credits.</summary>
/// <param name="Available">What can be spent.</param>
/// <param name="Frozen">What the backend has reserved for work in progress.</param>
/// <param name="Reserved">What jobs of this app are about to spend.</param>
/// <param name="MessageCost">About what one edit takes.</param>
public sealed record CreditsBody(decimal Available, decimal Frozen, decimal Reserved, int MessageCost);
