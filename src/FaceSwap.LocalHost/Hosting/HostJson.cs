using System.Globalization;
using System.Text.Json;

namespace FaceSwap.LocalHost.Hosting;

/// <summary>What this host takes from the app's host.json.</summary>
/// <param name="RoutePrefix">Stands before every route; default <c>api</c>.</param>
/// <param name="FunctionTimeout">How long an activity may run; default 30 minutes, as on the plans the app is for.</param>
internal sealed record HostJson(string RoutePrefix, TimeSpan FunctionTimeout)
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(30);

    /// <summary>Reads the file; a missing one gives the defaults.</summary>
    public static HostJson Read(string path)
    {
        if (!File.Exists(path))
        {
            return new HostJson("api", DefaultTimeout);
        }

        using JsonDocument document = JsonDocument.Parse(
            File.ReadAllText(path), new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var prefix = Find(document.RootElement, "extensions", "http", "routePrefix");
        var timeout = Find(document.RootElement, "functionTimeout");
        return new HostJson(prefix ?? "api", ReadTimeout(timeout));
    }

    private static TimeSpan ReadTimeout(string? text) => text switch
    {
        null => DefaultTimeout,
        "-1" => Timeout.InfiniteTimeSpan,
        _ => TimeSpan.Parse(text, CultureInfo.InvariantCulture),
    };

    private static string? Find(JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element.GetString();
    }
}
