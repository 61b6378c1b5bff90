using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Folders;
using FaceSwap.Testing.Host;
using FaceSwap.Testing.Processes;
using Xunit;

namespace FaceSwap.EndToEnd.FunctionsHost;

/// <summary>A host that cannot start says why in its last line, ends with exit code 1, and leaves no worker behind.</summary>
public sealed class StartTests(AzuriteFixture azurite)
{
    private const string Marker = "FACESWAP_START_TEST";

    [Fact]
    public async Task Start_OnAPortInUse_SaysSo()
    {
        using var occupant = new TcpListener(IPAddress.Loopback, 0);
        occupant.Start();

        await EndsSayingAsync(Settings(), $"The host cannot listen on port {((IPEndPoint)occupant.LocalEndpoint).Port}:", ((IPEndPoint)occupant.LocalEndpoint).Port);
    }

    [Fact]
    public async Task Start_WithoutStorage_SaysSo()
    {
        var nowhere = $"DefaultEndpointsProtocol=http;AccountName=a;AccountKey=a2V5;BlobEndpoint=http://127.0.0.1:{FreePort.Next()}/a;";
        await EndsSayingAsync(Settings(("Storage__ConnectionString", nowhere)), "The storage account of AzureWebJobsStorage does not answer:");
    }

    [Fact]
    public async Task Start_OfAnAppWithWrongSettings_NamesEachAndEnds()
    {
        var output = await EndsSayingAsync(Settings(("Nemo__BaseUrl", "nonsense"), ("Api__BaseUrl", "nonsense"), ("MasterKey", "")), "ended with exit code 1.");

        Assert.Contains("NemoOptions.BaseUrl must be an http or https address", output, StringComparison.Ordinal);
        Assert.Contains("ApiOptions.BaseUrl must be an http or https address", output, StringComparison.Ordinal);
        Assert.Contains("Set either MasterKey", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OfAnAppWhoseFunctionsDoNotLoad_NamesTheFirst()
    {
        // The worker's program is there; the assembly that its functions are loaded from is not.
        using var app = new TempFolder();
        var published = AppHost.PublishedApp;
        File.Copy(Path.Combine(published, "host.json"), app.PathOf("host.json"));
        var worker = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(published, "worker.config.json"), TestContext.Current.CancellationToken))!;
        var description = worker["description"]!;
        description["defaultWorkerPath"] = Path.Combine(published, (string)description["defaultWorkerPath"]!);
        await File.WriteAllTextAsync(app.PathOf("worker.config.json"), worker.ToJsonString(), TestContext.Current.CancellationToken);

        await EndsSayingAsync(Settings(("FunctionsHost__App", app.FullName)), " does not load: ");
    }

    private static async Task<string> EndsSayingAsync(Dictionary<string, string> settings, string sentence, int? port = null)
    {
        var marker = $"{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):n}";
        settings[Marker] = marker;

        var (exitCode, output) = await AppHost.StartInVainAsync(HostKind.Functions, settings, port);

        Assert.True(exitCode == 1, output);
        Assert.Contains(output.Split('\n'), line => line.Contains(sentence, StringComparison.Ordinal));
        Assert.DoesNotContain(EnvironmentsOfProcesses(), environment => environment.Contains(marker, StringComparison.Ordinal));
        return output;
    }

    private Dictionary<string, string> Settings(params (string Name, string Value)[] changed)
    {
        var settings = RigSettings.For(azurite.Azurite, azurite.Azurite.NewContainerName(), new Uri("http://127.0.0.1:1/"), Convert.ToBase64String(new byte[32]));
        foreach (var (name, value) in changed)
        {
            settings[name] = value;
        }

        return settings;
    }

    private static IEnumerable<string> EnvironmentsOfProcesses()
    {
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _)))
        {
            string environment;
            try
            {
                environment = File.ReadAllText(Path.Combine(process, "environ"));
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                // Gone meanwhile, or somebody else's.
                continue;
            }

            yield return environment;
        }
    }
}
