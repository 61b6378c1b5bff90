using System.Text.Json;
using Microsoft.DurableTask;

namespace FaceSwap.LocalHost.Durable.Client;

/// <summary>
/// Payloads as the isolated worker writes them by default: System.Text.Json, names as they are declared, read
/// regardless of case.
/// </summary>
internal sealed class PayloadConverter : DataConverter
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNameCaseInsensitive = true };

    public override string? Serialize(object? value) =>
        value is null ? null : JsonSerializer.Serialize(value, value.GetType(), Options);

    public override object? Deserialize(string? data, Type targetType) =>
        data is null ? null : JsonSerializer.Deserialize(data, targetType, Options);
}
