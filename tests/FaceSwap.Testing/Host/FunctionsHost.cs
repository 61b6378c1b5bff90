using System.Reflection;
using FaceSwap.Testing.Processes;

namespace FaceSwap.Testing.Host;

/// <summary>
/// The Azure Functions host (<c>func</c>) in the place of the local host, when the variable <c>FACESWAP_HOST</c> is
/// <c>func</c>. It needs Functions Core Tools on the path.
/// </summary>
public static class FunctionsHost
{
    private static readonly string App = typeof(FunctionsHost).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "FunctionsApp").Value!;

    public static bool IsChosen => Environment.GetEnvironmentVariable("FACESWAP_HOST") == "func";

    /// <summary>Starts the app's build output under <c>func</c>; its durable state lies in the storage account of the settings.</summary>
    internal static ChildProcess Start(int port, IReadOnlyDictionary<string, string> settings, ProcessLog log) => ChildProcess.Start(
        "func",
        ["start", "--port", $"{port}", "--script-root", App],
        new Dictionary<string, string>(settings)
        {
            ["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated",
            ["AzureWebJobsStorage"] = settings["Storage__ConnectionString"],

            // Tests share one emulator: a task hub of its own keeps a host's instances apart.
            ["AzureFunctionsJobHost__extensions__durableTask__hubName"] = $"hub{port}",
        },
        log);
}
