using System.Globalization;
using Microsoft.Extensions.Configuration.Json;

namespace FaceSwap.FunctionsHost.Functions;

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

        using var stream = File.OpenRead(file);
        var read = new ConfigurationBuilder().Add(new JsonStreamConfigurationSource { Stream = stream }).Build();
        return configuration.AddInMemoryCollection(
            read.AsEnumerable().Select(pair => KeyValuePair.Create($"{Root}:{pair.Key}", pair.Value)));
    }

    /// <summary>How long a function may run; null without a limit. Default: 30 minutes, as on the plans that the app is for.</summary>
    public static TimeSpan? FunctionTimeout(IConfiguration configuration) => configuration[$"{Root}:functionTimeout"] switch
    {
        null or "" => TimeSpan.FromMinutes(30),
        "-1" => null,
        var text => TimeSpan.Parse(text, CultureInfo.InvariantCulture),
    };

    /// <summary>What every route begins with, without slashes.</summary>
    public static string RoutePrefix(IConfiguration configuration) =>
        (configuration[$"{Root}:extensions:http:routePrefix"] ?? DefaultPrefix).Trim('/');
}
