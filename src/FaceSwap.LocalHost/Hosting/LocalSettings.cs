using System.Text.Json;

namespace FaceSwap.LocalHost.Hosting;

/// <summary>Reads the <c>Values</c> of a local.settings.json, as the Functions tools do; the environment goes before it.</summary>
internal static class LocalSettings
{
    public const string FileName = "local.settings.json";

    public static IEnumerable<KeyValuePair<string, string?>> Read(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        using JsonDocument document = JsonDocument.Parse(
            File.ReadAllText(path), new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        return document.RootElement.TryGetProperty("Values", out JsonElement values)
            ? [.. values.EnumerateObject().Select(value => KeyValuePair.Create(
                value.Name.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal), (string?)value.Value.ToString()))]
            : [];
    }
}
