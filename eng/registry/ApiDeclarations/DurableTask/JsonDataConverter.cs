// API declaration, never shipped: compiled only where the package registry lacks the real Microsoft.DurableTask.Abstractions.
using System.Text.Json;

namespace Microsoft.DurableTask.Converters;

/// <summary>JSON with fields included and PascalCase names, unless other options are given; null stays null.</summary>
public class JsonDataConverter(JsonSerializerOptions? options = null) : DataConverter
{
    private static readonly JsonSerializerOptions Defaults = new() { IncludeFields = true };

    private readonly JsonSerializerOptions _options = options ?? Defaults;

    public static JsonDataConverter Default { get; } = new();

    public override string? Serialize(object? value) =>
        value is null ? null : JsonSerializer.Serialize(value, _options);

    public override object? Deserialize(string? data, Type targetType) =>
        data is null ? null : JsonSerializer.Deserialize(data, targetType, _options);
}
