using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using FaceSwap.Testing.Folders;
using FaceSwap.Testing.Processes;

namespace FaceSwap.Testing.Emulator;

/// <summary>
/// Azurite on free ports and in a folder of its own, with an account key of its own. One serves a whole test assembly: tests
/// take containers and task hubs of their own. Ended by SIGTERM, so that it can write down what it knows.
/// </summary>
public sealed partial class AzuriteServer : IAsyncDisposable
{
    private const string Account = "faceswaptests";

    // Blobs for the app; queues and tables for the durable state of Azure's engine.
    private static readonly string[] Services = ["Blob", "Queue", "Table"];

    private readonly TempFolder folder = new();
    private readonly ChildProcess process;
    private readonly string key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private int containers;

    private AzuriteServer()
    {
        process = ChildProcess.Start(
            "node",
            [ScriptPath(), .. Services.SelectMany(service => (string[])[$"--{service.ToLowerInvariant()}Host", "127.0.0.1", $"--{service.ToLowerInvariant()}Port", "0"]), "--location", folder.FullName, "--disableTelemetry", "--skipApiVersionCheck"],
            new Dictionary<string, string> { ["AZURITE_ACCOUNTS"] = $"{Account}:{key}" });
    }

    public string ConnectionString { get; private set; } = "";

    public static async Task<AzuriteServer> StartAsync()
    {
        var server = new AzuriteServer();
        server.ConnectionString = $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={server.key};";
        foreach (var service in Services)
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

    /// <summary>The account's key.</summary>
    public string Key => key;

    /// <summary>Every blob of the containers whose name begins so.</summary>
    public async IAsyncEnumerable<(string Place, byte[] Content)> ReadBlobsAsync(string containerPrefix)
    {
        var service = new BlobServiceClient(ConnectionString);
        await foreach (var container in service.GetBlobContainersAsync(prefix: containerPrefix))
        {
            var client = service.GetBlobContainerClient(container.Name);
            await foreach (var blob in client.GetBlobsAsync())
            {
                yield return ($"{container.Name}/{blob.Name}", (await client.GetBlobClient(blob.Name).DownloadContentAsync()).Value.Content.ToArray());
            }
        }
    }

    /// <summary>Every entity of the tables whose name begins so, as text.</summary>
    public async IAsyncEnumerable<(string Place, byte[] Content)> ReadTablesAsync(string tablePrefix)
    {
        var service = new TableServiceClient(ConnectionString);
        await foreach (var table in service.QueryAsync(table => table.Name.CompareTo(tablePrefix) >= 0))
        {
            if (!table.Name.StartsWith(tablePrefix, StringComparison.Ordinal))
            {
                continue;
            }

            await foreach (var entity in service.GetTableClient(table.Name).QueryAsync<TableEntity>())
            {
                yield return (table.Name, Encoding.UTF8.GetBytes(string.Join('\n', entity.Select(property => $"{property.Key}={property.Value}"))));
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await process.TerminateAsync();
        await process.DisposeAsync();
        folder.Dispose();
    }

    private static string ScriptPath() => typeof(AzuriteServer).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "Azurite").Value!;

    [GeneratedRegex("(listens on|listening at) (?<address>http://[0-9.]+:[0-9]+)")]
    private static partial Regex ListeningAt();
}
