using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using FaceSwap.Batches;
using FaceSwap.Jobs;

namespace FaceSwap.Webhooks;

/// <summary>The JSON of webhooks: camelCase, nulls left out.</summary>
[JsonSerializable(typeof(WebhookEvent<JobView>), TypeInfoPropertyName = "JobEvent")]
[JsonSerializable(typeof(WebhookEvent<BatchView>), TypeInfoPropertyName = "BatchEvent")]
[JsonSerializable(typeof(WebhookEvent<SkippedRun>), TypeInfoPropertyName = "SkippedEvent")]
[JsonSerializable(typeof(WebhookEvent<WebhookTest>), TypeInfoPropertyName = "TestEvent")]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
public sealed partial class WebhookJson : JsonSerializerContext
{
    /// <summary>What is sent.</summary>
    public static WebhookJson Wire { get; } = new(NewOptions());

    /// <summary>
    /// Options for what is sent, and for the documents that hold it. Letters stand as they are and not as escapes of six bytes:
    /// the body is limited in bytes, and it is never put into HTML.
    /// </summary>
    internal static JsonSerializerOptions NewOptions() => new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
