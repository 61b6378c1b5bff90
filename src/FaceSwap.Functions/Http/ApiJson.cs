using System.Text.Json;
using System.Text.Json.Serialization;
using FaceSwap.Functions.Http.Conversation;
using FaceSwap.Functions.Http.Submission;

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
internal sealed partial class ApiJson : JsonSerializerContext;
