using System.Globalization;
using System.Text.Json.Nodes;
using CsvHelper;
using CsvHelper.Configuration;

namespace FaceSwap.Demo;

/// <summary>A file of items that may name files beside it: those are uploaded, each once, and named by their ids.</summary>
internal sealed class LocalManifest(string path, Func<string, Task<string>> upload)
{
    private static readonly string[] Media = ["video", "face", "audio"];
    private readonly Dictionary<string, string> _uploaded = [];

    /// <summary>What is submitted, and its content type.</summary>
    /// <exception cref="DemoException">The file is neither CSV nor JSON.</exception>
    public async Task<(string Content, string ContentType)> ReadAsync(CancellationToken cancellation)
    {
        var text = await File.ReadAllTextAsync(path, cancellation);
        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".csv" => (await CsvAsync(text), "text/csv"),
            ".json" => (await JsonAsync(text), "application/json"),
            _ => throw new DemoException($"{path}: a manifest ends in .csv or .json."),
        };
    }

    private async Task<string> CsvAsync(string text)
    {
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = text.Split('\n')[0].Contains(';') ? ";" : "," };
        using var parser = new CsvParser(new StringReader(text), configuration);
        var content = new StringWriter();
        await using var writer = new CsvWriter(content, configuration);
        string[]? header = null;
        while (await parser.ReadAsync())
        {
            var cells = parser.Record!;
            for (var column = 0; column < cells.Length; column++)
            {
                var isMedia = header is not null && column < header.Length && Media.Contains(header[column]);
                writer.WriteField(isMedia ? await NameAsync(cells[column]) : cells[column]);
            }

            await writer.NextRecordAsync();
            header ??= cells;
        }

        await writer.FlushAsync();
        return content.ToString();
    }

    private async Task<string> JsonAsync(string text)
    {
        var batch = JsonNode.Parse(text) as JsonObject ?? throw new DemoException($"{path}: a manifest is a JSON object with 'items'.");
        foreach (var item in (batch["items"] as JsonArray ?? []).Append(batch["defaults"]).OfType<JsonObject>())
        {
            foreach (var name in Media.Where(name => item[name] is not null))
            {
                item[name] = await NameAsync((string)item[name]!);
            }
        }

        return batch.ToJsonString();
    }

    private async Task<string> NameAsync(string given)
    {
        var file = Path.GetFullPath(given, Path.GetDirectoryName(path)!);
        if (given.Length == 0 || !File.Exists(file))
        {
            return given;
        }

        return _uploaded.TryGetValue(file, out var id) ? id : _uploaded[file] = await upload(file);
    }
}
