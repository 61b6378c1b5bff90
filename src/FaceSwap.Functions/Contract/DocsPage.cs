using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FaceSwap.Functions.Contract;

/// <summary>Shows the contract as one page of HTML: every call with its parameters, bodies and answers, and every record.</summary>
internal static class DocsPage
{
    private const string Style =
        "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1c1c1e;background:#fff}" +
        "h1,h2,h3{line-height:1.25}h3{margin:2.5rem 0 .5rem;font-size:1.05rem}code,pre{font:14px/1.45 ui-monospace,monospace}" +
        "pre{background:#f4f4f6;padding:.75rem;overflow:auto;border-radius:6px}table{border-collapse:collapse;width:100%;margin:.5rem 0}" +
        "td,th{text-align:left;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid #dcdce0}th{font-weight:600}" +
        "td:first-child,th:first-child{width:11rem}td:nth-child(2),th:nth-child(2){width:9rem}" +
        "b{display:inline-block;min-width:5.5rem;color:#0a4fb3}a{color:#0a4fb3}" +
        "@media(prefers-color-scheme:dark){body{color:#e8e8ea;background:#18181a}pre{background:#242428}td,th{border-color:#3a3a40}b,a{color:#8ab8ff}}";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What the page may do: show its own style.</summary>
    public static string SecurityPolicy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static string Of(ReadOnlySpan<byte> contract)
    {
        var document = JsonNode.Parse(contract)!;
        var page = new StringBuilder("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">");
        page.Append($"<title>{Text(document["info"]!["title"])}</title><style>{Style}</style></head><body>");
        page.Append($"<h1>{Text(document["info"]!["title"])}</h1><p>{Text(document["info"]!["description"])}</p><p><a href=\"openapi.json\">openapi.json</a></p><h2>Calls</h2>");
        foreach (var (path, methods) in document["paths"]!.AsObject())
        {
            foreach (var (method, operation) in methods!.AsObject())
            {
                AddOperation(page, method, path, operation!);
            }
        }

        page.Append("<h2>Records</h2>");
        foreach (var (name, schema) in document["components"]!["schemas"]!.AsObject())
        {
            page.Append($"<h3 id=\"{Text(name)}\">{Text(name)}</h3><p>{Text(schema!["description"])}</p>");
            AddTable(page, ["field", "type", ""], schema["properties"]?.AsObject().Select(property => (string[])[$"<code>{Text(property.Key)}</code>", TypeOf(property.Value!), Text(property.Value!["description"])]));
            AddExample(page, schema["examples"]?[0]);
        }

        return page.Append("</body></html>").ToString();
    }

    private static void AddOperation(StringBuilder page, string method, string path, JsonNode operation)
    {
        page.Append($"<h3 id=\"{Text(operation["operationId"])}\"><b>{Text(method.ToUpperInvariant())}</b><code>{Text(path)}</code></h3><p>{Text(operation["description"])}</p>");
        AddTable(page, ["parameter", "in", ""], operation["parameters"]?.AsArray().Where(parameter => parameter!["name"] is not null).Select(parameter =>
            (string[])[$"<code>{Text(parameter!["name"])}</code>", Text(parameter["in"]), Text(parameter["description"])]));
        AddTable(page, ["body", "", ""], operation["requestBody"]?["content"]?.AsObject().Select(content =>
            (string[])[Text(content.Key), TypeOf(content.Value!["schema"]!), ""]));
        AddTable(page, ["answer", "", ""], operation["responses"]?.AsObject().Where(answer => answer.Value!["description"] is not null).Select(answer =>
            (string[])[Text(answer.Key), answer.Value!["content"]?.AsObject().FirstOrDefault().Value?["schema"] is { } schema ? TypeOf(schema) : "", Text(answer.Value["description"])]));
    }

    private static void AddTable(StringBuilder page, string[] head, IEnumerable<string[]>? rows)
    {
        var all = rows?.ToList() ?? [];
        if (all.Count > 0)
        {
            page.Append($"<table><tr>{string.Concat(head.Select(title => $"<th>{title}</th>"))}</tr>");
            all.ForEach(row => page.Append($"<tr>{string.Concat(row.Select(cell => $"<td>{cell}</td>"))}</tr>"));
            page.Append("</table>");
        }
    }

    private static void AddExample(StringBuilder page, JsonNode? example)
    {
        if (example is not null)
        {
            page.Append($"<pre>{Text(example.ToJsonString(Indented))}</pre>");
        }
    }

    private static string TypeOf(JsonNode schema) => schema switch
    {
        _ when (string?)schema["$ref"] is { } reference => Link(reference[(reference.LastIndexOf('/') + 1)..]),
        _ when schema["items"] is { } items => $"{TypeOf(items)}[]",
        _ when schema["enum"] is JsonArray values => Text(string.Join(" · ", values)),
        _ => Text($"{schema["type"]} {schema["format"]}".Trim()),
    };

    private static string Link(string name) => $"<a href=\"#{Text(name)}\">{Text(name)}</a>";

    private static string Text(JsonNode? text) => Text(text?.ToString() ?? "");

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);
}
