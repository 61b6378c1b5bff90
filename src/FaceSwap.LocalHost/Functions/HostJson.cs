using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration.Json;

namespace FaceSwap.LocalHost.Functions;

/// <summary>The app's <c>host.json</c>, under the root where the platform has it, so that environment variables override it alike.</summary>
internal static class HostJson
{
    /// <summary>The section of the configuration that holds <c>host.json</c> and what overrides it.</summary>
    public const string Root = "AzureFunctionsJobHost";

    /// <summary>Default of the platform.</summary>
    private const string DefaultPrefix = "api";

    public static IConfigurationBuilder AddHostJson(this IConfigurationBuilder configuration, string app)
    {
        var file = Path.Combine(app, "host.json");
        if (!File.Exists(file))
        {
            throw new StartupException($"There is no host.json in {app}: name the folder of a published function app with --app.");
        }

        try
        {
            using var stream = File.OpenRead(file);
            var read = new ConfigurationBuilder().Add(new JsonStreamConfigurationSource { Stream = stream }).Build();
            return configuration.AddInMemoryCollection(
                read.AsEnumerable().Select(pair => KeyValuePair.Create($"{Root}:{pair.Key}", pair.Value)));
        }
        catch (Exception problem) when (problem is FormatException or JsonException)
        {
            throw new StartupException($"{file} is no valid JSON: {problem.Message}", problem);
        }
    }

    /// <summary>How long a function may run; null without a limit. Default: 30 minutes, as on the plans that the app is for.</summary>
    public static TimeSpan? FunctionTimeout(IConfiguration configuration) => configuration[$"{Root}:functionTimeout"] switch
    {
        null or "" => TimeSpan.FromMinutes(30),
        "-1" => null,
        var text => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var limit)
            ? limit
            : throw new StartupException($"functionTimeout in host.json is '{text}'. Use a time such as 00:30:00, or -1 for no limit."),
    };

    /// <summary>A limit of <c>extensions.http</c>; null where there is none.</summary>
    public static int? HttpLimit(IConfiguration configuration, string name) => configuration[$"{Root}:extensions:http:{name}"] switch
    {
        null or "" or "-1" => null,
        var text => int.TryParse(text, CultureInfo.InvariantCulture, out var limit) && limit > 0
            ? limit
            : throw new StartupException($"extensions.http.{name} in host.json is '{text}'. Use a positive number, or -1 for no limit."),
    };

    /// <summary>What every route begins with, without slashes.</summary>
    public static string RoutePrefix(IConfiguration configuration) =>
        (configuration[$"{Root}:extensions:http:routePrefix"] ?? DefaultPrefix).Trim('/');
}
