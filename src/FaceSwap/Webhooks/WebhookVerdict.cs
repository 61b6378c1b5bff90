namespace FaceSwap.Webhooks;

/// <summary>What a receiver knows about a message after verifying it. Only a valid one may be believed.</summary>
public enum WebhookVerdict
{
    Valid,

    /// <summary>One of the three headers is missing.</summary>
    MissingHeader,

    /// <summary>The timestamp is none, or more than five minutes away: perhaps a replay.</summary>
    BadTimestamp,

    /// <summary>No signature matches: another secret, or an altered message.</summary>
    WrongSignature,
}
