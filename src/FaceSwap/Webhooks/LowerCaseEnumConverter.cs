using System.Text.Json;
using System.Text.Json.Serialization;

namespace FaceSwap.Webhooks;

/// <summary>Words in lower case, with underscores, wherever they are written.</summary>
public sealed class LowerCaseEnumConverter<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where TEnum : struct, Enum;
