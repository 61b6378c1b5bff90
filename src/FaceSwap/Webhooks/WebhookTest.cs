namespace FaceSwap.Webhooks;

/// <summary>What a test send carries.</summary>
public sealed record WebhookTest(string EndpointId, string Note);
