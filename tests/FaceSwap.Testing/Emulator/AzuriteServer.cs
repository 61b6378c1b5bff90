using System.Reflection;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Azure.Storage.Blobs;
using FaceSwap.Testing.Folders;
using FaceSwap.Testing.Processes;

namespace FaceSwap.Testing.Emulator;

/// <summary>
/// Azurite, blobs only, on a free port and in a folder of its own, with an account key of its own. One serves a whole
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
            [ScriptPath(), "--blobHost", "127.0.0.1", "--blobPort", "0", "--location", folder.FullName, "--disableTelemetry"],
            new Dictionary<string, string> { ["AZURITE_ACCOUNTS"] = $"{Account}:{key}" });
    }

    public string ConnectionString { get; private set; } = "";

    public static async Task<AzuriteServer> StartAsync()
    {
        var server = new AzuriteServer();
        var line = await server.process.WaitForLineAsync(ListeningAt().IsMatch, "Azurite listens");
        var address = ListeningAt().Match(line).Groups["address"].Value;
        server.ConnectionString = $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={server.key};BlobEndpoint={address}/{Account};";
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

    private static string ScriptPath() => typeof(AzuriteServer).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "Azurite").Value!;

    [GeneratedRegex("listens on (?<address>http://[0-9.]+:[0-9]+)")]
    private static partial Regex ListeningAt();
}
