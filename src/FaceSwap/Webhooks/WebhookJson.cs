using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using FaceSwap.Jobs;
using FaceSwap.Webhooks.Deliveries;
using FaceSwap.Webhooks.Endpoints;

namespace FaceSwap.Webhooks;

/// <summary>The JSON of webhooks and of the documents about them: camelCase, nulls left out.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WebhookEvent<JobView>), TypeInfoPropertyName = "JobEvent")]
[JsonSerializable(typeof(WebhookEvent<WebhookTest>), TypeInfoPropertyName = "TestEvent")]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
[JsonSerializable(typeof(EndpointBook))]
[JsonSerializable(typeof(DeliveryRecord))]
public sealed partial class WebhookJson : JsonSerializerContext
{
    /// <summary>
    /// What is sent and stored. Letters stand as they are and not as escapes of six bytes: the body is limited in bytes,
    /// and it is never put into HTML.
    /// </summary>
    public static WebhookJson Wire { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
