namespace FaceSwap.Functions.Orchestrations;

/// <summary>The input of a recovery.</summary>
/// <param name="Owner">The endpoint's owner.</param>
/// <param name="EndpointId">The endpoint.</param>
/// <param name="Since">Messages of this moment and later are sent again.</param>
/// <param name="Cursor">The page of the log it has come to; null: the newest.</param>
public sealed record WebhookRecoveryInput(string Owner, string EndpointId, DateTimeOffset Since, string? Cursor = null);
