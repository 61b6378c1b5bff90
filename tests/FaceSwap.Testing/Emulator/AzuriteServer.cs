using System.Reflection;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Azure.Storage.Blobs;
using FaceSwap.Testing.Folders;
using FaceSwap.Testing.Host;
using FaceSwap.Testing.Processes;

namespace FaceSwap.Testing.Emulator;

/// <summary>
/// Azurite, blobs only unless the Functions host is to be tested, on free ports and in a folder of its own, with an account key of its own. One serves a whole
/// test assembly: tests take containers of their own. Ended by SIGTERM, so that it can write down what it knows.
/// </summary>
public sealed partial class AzuriteServer : IAsyncDisposable
{
    private const string Account = "faceswaptests";
    private readonly TempFolder folder = new();
    private readonly ChildProcess process;
    private readonly string key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private int containers;

    private AzuriteServer()
    {
        process = ChildProcess.Start(
            "node",
            [ScriptPath(), .. Services(), "--location", folder.FullName, "--disableTelemetry", "--skipApiVersionCheck"],
            new Dictionary<string, string> { ["AZURITE_ACCOUNTS"] = $"{Account}:{key}" });
    }

    public string ConnectionString { get; private set; } = "";

    public static async Task<AzuriteServer> StartAsync()
    {
        var server = new AzuriteServer();
        server.ConnectionString = $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={server.key};";
        foreach (var service in FunctionsHost.IsChosen ? ["Blob", "Queue", "Table"] : (string[])["Blob"])
        {
            var line = await server.process.WaitForLineAsync(
                line => line.Contains($" {service} ", StringComparison.Ordinal) && ListeningAt().IsMatch(line), $"Azurite's {service} service listens");
            server.ConnectionString += $"{service}Endpoint={ListeningAt().Match(line).Groups["address"].Value}/{Account};";
        }

        return server;
    }

    /// <summary>A container name that no other test of this assembly has.</summary>
    public string NewContainerName() => $"test-{Interlocked.Increment(ref containers)}";

    public BlobContainerClient Container(string name) => new(ConnectionString, name);

    public async ValueTask DisposeAsync()
    {
        await process.TerminateAsync();
        await process.DisposeAsync();
        folder.Dispose();
    }

    // The Functions host keeps its durable state in queues and tables; the local host needs neither.
    private static string[] Services() => FunctionsHost.IsChosen
        ? ["--blobHost", "127.0.0.1", "--blobPort", "0", "--queueHost", "127.0.0.1", "--queuePort", "0", "--tableHost", "127.0.0.1", "--tablePort", "0"]
        : ["--blobHost", "127.0.0.1", "--blobPort", "0"];

    private static string ScriptPath() => FunctionsHost.IsChosen ? Path.Combine(Path.GetDirectoryName(BlobScript())!, "..", "azurite.js") : BlobScript();

    private static string BlobScript() => typeof(AzuriteServer).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "Azurite").Value!;

    [GeneratedRegex("listens on (?<address>http://[0-9.]+:[0-9]+)")]
    private static partial Regex ListeningAt();
}
