using System.Text.Json.Serialization;

namespace FaceSwap.Jobs;

/// <summary>The JSON of the API, of webhooks and of a job's documents: camelCase, nulls left out.</summary>
[JsonSourceGenerationOptions(
    System.Text.Json.JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JobView))]
[JsonSerializable(typeof(JobRecord))]
[JsonSerializable(typeof(JobProgress))]
public sealed partial class JobJson : JsonSerializerContext;
