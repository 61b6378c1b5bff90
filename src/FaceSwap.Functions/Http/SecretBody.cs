namespace FaceSwap.Functions.Http;

/// <summary>The secret that verifies webhooks.</summary>
public sealed record SecretBody(string Key);
