namespace FaceSwap.Functions.Http.Webhooks;

/// <summary>Which given-up deliveries are sent again: those of messages of this moment and later.</summary>
public sealed record RecoverBody(DateTimeOffset? Since = null);
