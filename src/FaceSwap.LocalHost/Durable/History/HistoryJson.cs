using System.Text.Json.Serialization;

namespace FaceSwap.LocalHost.Durable.History;

/// <summary>The file format of history: short property names do not matter beside payloads, skipped nulls do.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<HistoryEvent>))]
[JsonSerializable(typeof(HistoryEvent))]
[JsonSerializable(typeof(Failure))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
internal sealed partial class HistoryJson : JsonSerializerContext;
