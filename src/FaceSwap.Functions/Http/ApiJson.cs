using System.Text.Json;
using System.Text.Json.Serialization;
using FaceSwap.Functions.Http.Conversation;
using FaceSwap.Functions.Http.Submission;
using FaceSwap.Functions.Http.Webhooks;

namespace FaceSwap.Functions.Http;

/// <summary>The JSON of requests and of the smaller answers.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JobBody))]
[JsonSerializable(typeof(MessageBody))]
[JsonSerializable(typeof(MessageAnswer))]
[JsonSerializable(typeof(CreditsBody))]
[JsonSerializable(typeof(ClaimBody))]
[JsonSerializable(typeof(ProblemBody))]
[JsonSerializable(typeof(ResultBody))]
[JsonSerializable(typeof(SecretBody))]
[JsonSerializable(typeof(HealthBody))]
[JsonSerializable(typeof(EndpointBody))]
[JsonSerializable(typeof(EndpointPatch))]
[JsonSerializable(typeof(EndpointView))]
[JsonSerializable(typeof(EndpointListBody))]
[JsonSerializable(typeof(DeliveryView))]
[JsonSerializable(typeof(DeliveryListBody))]
[JsonSerializable(typeof(RecoverBody))]
internal sealed partial class ApiJson : JsonSerializerContext;
