using System.Reflection;
using System.Text.RegularExpressions;
using FaceSwap.Testing.Folders;

namespace FaceSwap.Testing.Host;

/// <summary>How a host of a kind is started, and by what its log is known to be ready.</summary>
internal sealed partial record HostCommand(string Program, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Settings, Regex Ready)
{
    /// <summary>The folder of the published function app.</summary>
    public static string PublishedApp => PathOf("FunctionsApp");

    /// <summary>The command for a host on this port, with the app's settings and its own.</summary>
    public static HostCommand For(HostKind kind, int port, string functionKey, string masterKey, string taskHub, TempFolder state, IReadOnlyDictionary<string, string> settings) => kind switch
    {
        HostKind.Local => new HostCommand(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "FaceSwap.LocalHost.dll"), "--contentRoot", state.FullName],
            new Dictionary<string, string>(settings)
            {
                ["LocalHost__Port"] = $"{port}",
                ["LocalHost__StateFile"] = state.PathOf("state.db"),
                ["LocalHost__FunctionKey"] = functionKey,
            },
            ReadyAt()),
        HostKind.Functions => new HostCommand(
            "dotnet",
            [PathOf("FunctionsHost"), "--port", $"{port}", "--app", settings.GetValueOrDefault("FunctionsHost__App", PublishedApp)],
            WithTaskHub(taskHub, settings, ("FunctionsHost__FunctionKey", functionKey), ("FunctionsHost__MasterKey", masterKey)),
            ReadyAt()),
        _ => new HostCommand(
            "func",
            ["start", "--port", $"{port}", "--script-root", PublishedApp],
            WithTaskHub(taskHub, settings, ("FUNCTIONS_WORKER_RUNTIME", "dotnet-isolated")),
            ReadyFunc()),
    };

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
            [$"{Durable}storageProvider__maxQueuePollingInterval"] = "00:00:00.200",
        };
        foreach (var (name, value) in own)
        {
            all[name] = value;
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
