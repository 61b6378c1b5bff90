using System.Text.Json;
using System.Text.Json.Serialization;

namespace FaceSwap.Functions.Webhooks;

/// <summary>The JSON of requests about webhook endpoints, and of their answers.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    AllowDuplicateProperties = false,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EndpointBody))]
[JsonSerializable(typeof(EndpointPatch))]
[JsonSerializable(typeof(EndpointView))]
[JsonSerializable(typeof(EndpointListBody))]
[JsonSerializable(typeof(SecretBody))]
[JsonSerializable(typeof(DeliveryView))]
[JsonSerializable(typeof(DeliveryListBody))]
[JsonSerializable(typeof(RecoverBody))]
internal sealed partial class WebhooksApiJson : JsonSerializerContext;
