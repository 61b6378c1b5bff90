using System.Diagnostics;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
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
    private const int MostAccounts = 300;

    // Blobs for the app; queues and tables for the durable state of Azure's engine.
    private static readonly string[] Services = ["Blob", "Queue", "Table"];

    private readonly TempFolder folder = new();
    private readonly string key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private readonly Dictionary<string, string> ports = Services.ToDictionary(service => service, _ => "0");
    private readonly StorageAccount[] accounts;
    private ChildProcess process = null!;
    private int containers;
    private int lastAccount;

    private readonly bool inMemory;

    private AzuriteServer(bool inMemory)
    {
        this.inMemory = inMemory;
        accounts = [.. Enumerable.Range(0, MostAccounts).Select(number => new StorageAccount(this, $"faceswaptests{number:d3}"))];
    }

    /// <summary>The account for whatever keeps little.</summary>
    public StorageAccount Shared => accounts[0];

    /// <summary>The connection string of <see cref="Shared"/>.</summary>
    public string ConnectionString => Shared.ConnectionString;

    /// <summary>Where each service listens, by its name.</summary>
    internal IReadOnlyList<(string Service, string Address)> Endpoints { get; private set; } = [];

    /// <summary>What it wrote since it was started.</summary>
    internal IReadOnlyList<string> LogLines => process.Log.Lines;

    /// <summary>Starts an emulator.</summary>
    /// <param name="inMemory">Whether it keeps everything in memory and logs no requests: faster, and gone when it stops.</param>
    public static async Task<AzuriteServer> StartAsync(bool inMemory = false)
    {
        var server = new AzuriteServer(inMemory);
        await server.RunAsync();
        return server;
    }

    /// <summary>Ends it by SIGTERM: from then on nobody listens on its ports. What it holds stays.</summary>
    public async Task StopAsync()
    {
        await process.TerminateAsync();
        await process.DisposeAsync();
    }

    /// <summary>Starts it again, on its ports and in its folder.</summary>
    public Task RestartAsync() => RunAsync();

    /// <summary>
    /// Puts so many empty blobs into a container as no test could write: each write looks through all that are there. It is stopped for
    /// that, and they are written into the file in which it keeps its blobs' properties, as copies of one that it wrote itself.
    /// </summary>
    public async Task MultiplyAsync(string containerName, IEnumerable<string> names)
    {
        const string Template = "template";
        const string Place = "@@";
        await Container(containerName).GetBlobClient(Template).UploadAsync(BinaryData.Empty);
        await StopAsync();
        var file = folder.PathOf("__azurite_db_blob__.json");
        var database = JsonNode.Parse(await File.ReadAllTextAsync(file))!;
        var blobs = database["collections"]!.AsArray().Single(collection => (string?)collection!["name"] == "$BLOBS_COLLECTION$")!;
        var template = blobs["data"]!.AsArray().Single(blob => (string?)blob!["name"] == Template)!;
        template["name"] = Place;
        template["$loki"] = 0;
        var text = template.ToJsonString();
        var copies = names.Select((name, number) => text.Replace($"\"{Place}\"", $"\"{name}\"", StringComparison.Ordinal).Replace("\"$loki\":0", $"\"$loki\":{number + 1}", StringComparison.Ordinal)).ToArray();
        blobs["data"] = Place;
        blobs["maxId"] = copies.Length;
        blobs["idIndex"] = null;
        foreach (var (_, index) in blobs["binaryIndices"]!.AsObject())
        {
            index!["values"] = new JsonArray();
            index["dirty"] = true;
        }

        await File.WriteAllTextAsync(file, database.ToJsonString().Replace($"\"{Place}\"", $"[{string.Join(',', copies)}]", StringComparison.Ordinal));
        await RestartAsync();
    }

    private async Task RunAsync()
    {
        process = ChildProcess.Start(
            "node",
            [ScriptPath(), .. Services.SelectMany(PlaceOf), .. (string[])(inMemory ? ["--inMemoryPersistence", "--silent"] : ["--location", folder.FullName]), "--disableTelemetry", "--skipApiVersionCheck"],
            new Dictionary<string, string> { ["AZURITE_ACCOUNTS"] = string.Join(';', accounts.Select(account => $"{account.Name}:{key}")) });
        List<(string, string)> endpoints = [];
        foreach (var service in Services)
        {
            var line = await process.WaitForLineAsync(
                line => line.Contains($" {service} ", StringComparison.Ordinal) && ListeningAt().IsMatch(line), $"Azurite's {service} service listens");
            var address = new Uri(ListeningAt().Match(line).Groups["address"].Value);
            ports[service] = $"{address.Port}";
            endpoints.Add((service, address.GetLeftPart(UriPartial.Authority)));
        }

        Endpoints = endpoints;
    }

    private string[] PlaceOf(string service) => [$"--{service.ToLowerInvariant()}Host", "127.0.0.1", $"--{service.ToLowerInvariant()}Port", ports[service]];

    /// <summary>A container name that no other test of this assembly has.</summary>
    public string NewContainerName() => $"test-{Interlocked.Increment(ref containers)}";

    /// <summary>A container of <see cref="Shared"/>.</summary>
    public BlobContainerClient Container(string name) => Shared.Container(name);

    /// <summary>An account that nobody uses yet.</summary>
    public StorageAccount NewAccount() => accounts[Interlocked.Increment(ref lastAccount)];

    /// <summary>How many requests each service answered; an emulator in memory logs none.</summary>
    public StorageRequests CountRequests()
    {
        var services = process.Log.Lines.Select(line => Request().Match(line)).Where(match => match.Success).Select(match => ServiceOf(match.Groups["path"].Value)).ToLookup(service => service);
        return new StorageRequests(services["Blob"].Count(), services["Queue"].Count(), services["Table"].Count());
    }

    /// <summary>The processor time that its process has taken.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            using var running = Process.GetProcessById(process.Id);
            return running.TotalProcessorTime;
        }
    }

    /// <summary>The account's key.</summary>
    public string Key => key;

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        folder.Dispose();
    }

    // One log for all services: the engine's queues and tables are known by their paths.
    private static string ServiceOf(string path) =>
        QueuePath().IsMatch(path) ? "Queue" : TablePath().IsMatch(path) ? "Table" : "Blob";

    private static string ScriptPath() => typeof(AzuriteServer).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "Azurite").Value!;

    [GeneratedRegex("\"[A-Z]+ /[^/ ]+/(?<path>[^ ]*) HTTP")]
    private static partial Regex Request();

    [GeneratedRegex("^[^/?]+/messages([/?]|$)|^[^/?]+-(control-[0-9]+|workitems)([/?]|$)")]
    private static partial Regex QueuePath();

    [GeneratedRegex(@"^(\$batch|Tables|[^/?]+\(|[^/?]*(Instances|History)([/?]|$))")]
    private static partial Regex TablePath();

    [GeneratedRegex("(listens on|listening at) (?<address>http://[0-9.]+:[0-9]+)")]
    private static partial Regex ListeningAt();
}

/// <summary>How many requests the services of an account answered.</summary>
public sealed record StorageRequests(int Blob, int Queue, int Table)
{
    /// <summary>Those that came since an earlier count.</summary>
    public StorageRequests Since(StorageRequests earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        return new StorageRequests(Blob - earlier.Blob, Queue - earlier.Queue, Table - earlier.Table);
    }
}
