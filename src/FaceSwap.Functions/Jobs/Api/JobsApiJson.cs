using System.Text.Json;
using System.Text.Json.Serialization;

namespace FaceSwap.Functions.Jobs.Api;

/// <summary>The JSON of requests about jobs, and of the smaller answers.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    AllowDuplicateProperties = false,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JobBody))]
[JsonSerializable(typeof(JobListBody))]
[JsonSerializable(typeof(MessageBody))]
[JsonSerializable(typeof(MessageAnswer))]
[JsonSerializable(typeof(ResultBody))]
[JsonSerializable(typeof(ClaimBody))]
[JsonSerializable(typeof(ValidationBody))]
[JsonSerializable(typeof(TimelineBody))]
internal sealed partial class JobsApiJson : JsonSerializerContext;
