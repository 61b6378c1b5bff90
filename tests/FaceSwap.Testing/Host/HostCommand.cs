using System.Reflection;
using System.Text.RegularExpressions;

namespace FaceSwap.Testing.Host;

/// <summary>How a host is started, and by what its log is known to be ready.</summary>
internal sealed partial record HostCommand(string Program, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Settings, Regex Ready)
{
    /// <summary>The folder of the published function app.</summary>
    public static string PublishedApp => PathOf("FunctionsApp");

    /// <summary>Whether tests run under Azure Functions Core Tools (<c>func</c>, on the path) instead of the local host: <c>FACESWAP_HOST=func</c>.</summary>
    public static bool IsFunc { get; } = Environment.GetEnvironmentVariable("FACESWAP_HOST") == "func";

    /// <summary>The command for a host on this port, with the app's settings and its own.</summary>
    /// <remarks>What a script runs in the background ignores SIGINT, and so would a host that is started from there.</remarks>
    public static HostCommand For(int port, string functionKey, string masterKey, string taskHub, IReadOnlyDictionary<string, string> settings) => IsFunc
        ? new HostCommand(
            "func",
            ["start", "--port", $"{port}", "--script-root", PublishedApp],
            WithTaskHub(taskHub, settings, ("FUNCTIONS_WORKER_RUNTIME", "dotnet-isolated")),
            ReadyFunc())
        : new HostCommand(
            "env",
            ["--default-signal=INT", "dotnet", PathOf("LocalHost"), "--port", $"{port}", "--app", settings.GetValueOrDefault("LocalHost__App", PublishedApp)],
            WithTaskHub(taskHub, settings, ("LocalHost__FunctionKey", functionKey), ("LocalHost__MasterKey", masterKey)),
            ReadyAt());

    // Tests share one emulator: a task hub of its own keeps a host's instances apart. What a dead host had in hand comes back
    // after the minute that the app's host.json sets.
    private static Dictionary<string, string> WithTaskHub(string taskHub, IReadOnlyDictionary<string, string> settings, params (string Name, string Value)[] own)
    {
        const string Durable = "AzureFunctionsJobHost__extensions__durableTask__";
        var all = new Dictionary<string, string>(settings)
        {
            ["AzureWebJobsStorage"] = settings["Storage__ConnectionString"],
            [$"{Durable}hubName"] = taskHub,
            [$"{Durable}storageProvider__partitionCount"] = "2",
            [$"{Durable}storageProvider__maxQueuePollingInterval"] = "00:00:01",
        };
        foreach (var (name, value) in own)
        {
            all.TryAdd(name, value);
        }

        return all;
    }

    private static string PathOf(string what) => typeof(HostCommand).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == what).Value!;

    [GeneratedRegex("^Ready: http")]
    private static partial Regex ReadyAt();

    [GeneratedRegex("^For detailed output, run func")]
    private static partial Regex ReadyFunc();
}
