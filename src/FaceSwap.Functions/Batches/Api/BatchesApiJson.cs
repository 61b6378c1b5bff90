using System.Text.Json;
using System.Text.Json.Serialization;

namespace FaceSwap.Functions.Batches.Api;

/// <summary>The JSON of requests about batches, and of the smaller answers.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    AllowDuplicateProperties = false,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BatchBody))]
[JsonSerializable(typeof(RetryBody))]
[JsonSerializable(typeof(BatchListBody))]
[JsonSerializable(typeof(BatchItemsBody))]
[JsonSerializable(typeof(BatchValidationBody))]
internal sealed partial class BatchesApiJson : JsonSerializerContext;
