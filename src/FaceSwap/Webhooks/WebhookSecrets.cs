using FaceSwap.Keys;

namespace FaceSwap.Webhooks;

/// <summary>The signing secrets of webhook endpoints: derived from the master key, stored nowhere.</summary>
public sealed class WebhookSecrets(MasterKey master)
{
    /// <summary>The endpoint that signs webhooks a caller named in a job.</summary>
    public const string DefaultEndpoint = "default";

    /// <summary>The secret of an endpoint after a number of rotations, in the form receivers expect: <c>whsec_</c> and base64.</summary>
    public string For(string endpointId, int rotation = 0) =>
        WebhookSignature.SecretPrefix + Convert.ToBase64String(master.Derive($"webhook:{endpointId}:{rotation}"));
}
