using System.Text.Json;
using System.Text.Json.Serialization;

namespace FaceSwap.Jobs;

/// <summary>Stages are lower-case words wherever they are written.</summary>
public sealed class JobStageConverter() : JsonStringEnumConverter<JobStage>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);
