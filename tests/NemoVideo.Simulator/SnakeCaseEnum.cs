using System.Text.Json;
using System.Text.Json.Serialization;

namespace NemoVideo.Simulator;

/// <summary>Writes an enum's members as lower-case words joined by underscores, as every control record does.</summary>
public sealed class SnakeCaseEnum<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
