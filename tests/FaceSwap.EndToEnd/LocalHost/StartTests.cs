using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Folders;
using FaceSwap.Testing.Host;
using FaceSwap.Testing.Processes;
using Xunit;

namespace FaceSwap.EndToEnd.LocalHost;

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

        await EndsSayingAsync(Settings(("LocalHost__App", app.FullName)), " does not load: ");
    }

    [Theory]
    [InlineData("Storage__ConnectionString", "", "AzureWebJobsStorage is not set:")]
    [InlineData("Storage__ConnectionString", "nonsense", "AzureWebJobsStorage is no connection string:")]
    [InlineData("LocalHost__FunctionKey", "", "Set LocalHost__FunctionKey, the key that callers send as x-functions-key.")]
    [InlineData("LocalHost__App", "", "Name the folder of a published function app with --app.")]
    [InlineData("LocalHost__WorkerStartLimit", "soon", "Failed to convert configuration value 'soon' at 'LocalHost:WorkerStartLimit'")]
    [InlineData("AzureFunctionsJobHost__extensions__http__maxConcurrentRequests", "many", "extensions.http.maxConcurrentRequests in host.json is 'many'.")]
    [InlineData("AzureFunctionsJobHost__functionTimeout", "long", "functionTimeout in host.json is 'long'.")]
    [InlineData("BATCH_SCHEDULE", "sometimes", "The schedule 'sometimes' of the timer function TakeManifests is invalid.")]
    public async Task Start_WithAWrongSetting_NamesIt(string setting, string value, string sentence) =>
        await EndsSayingAsync(Settings((setting, value)), sentence);

    [Theory]
    [InlineData(null, null, "There is no host.json in ")]
    [InlineData("{", null, "host.json is no valid JSON:")]
    [InlineData("{}", null, "There is no worker.config.json in ")]
    [InlineData("{}", "{", "worker.config.json does not name the worker's program")]
    [InlineData("{}", """{"description":{}}""", "worker.config.json does not name the worker's program")]
    [InlineData("{}", """{"description":{"defaultExecutablePath":"no-such-program","defaultWorkerPath":"app.dll"}}""", "ended with exit code 127. no-such-program: ")]
    public async Task Start_OfAFolderThatIsNoPublishedApp_SaysWhatIsWrong(string? hostJson, string? workerConfig, string sentence)
    {
        using var app = new TempFolder();
        await WriteAsync(app, "host.json", hostJson);
        await WriteAsync(app, "worker.config.json", workerConfig);

        await EndsSayingAsync(Settings(("LocalHost__App", app.FullName)), sentence);
    }

    [Fact]
    public async Task Start_OfAnAppForAFrameworkThatIsNotInstalled_NamesTheFramework()
    {
        using var app = new TempFolder();
        foreach (var file in new[] { "host.json", "worker.config.json", "FaceSwap.Functions.dll" })
        {
            File.Copy(Path.Combine(AppHost.PublishedApp, file), app.PathOf(file));
        }

        await WriteAsync(
            app, "FaceSwap.Functions.runtimeconfig.json", """{"runtimeOptions":{"tfm":"net99.0","framework":{"name":"Microsoft.NETCore.App","version":"99.0.0"}}}""");

        var output = await EndsSayingAsync(Settings(("LocalHost__App", app.FullName)), "ended with exit code 150. You must install or update .NET to run this application.");

        Assert.Contains(output.Split('\n'), line => line.Contains("exit code 150", StringComparison.Ordinal) && line.Contains("'Microsoft.NETCore.App', version '99.0.0'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("echo The disk is full. >&2; exit 7", "ended with exit code 7. The disk is full.")]
    [InlineData("echo Waiting for nobody. >&2; exec sleep 600", "The worker did not load its functions within 2 s. Waiting for nobody.")]
    public async Task Start_OfAWorkerThatDoesNotLoad_SaysWhatItPrintedLast(string script, string sentence)
    {
        using var app = new TempFolder();
        await WriteAsync(app, "host.json", "{}");
        await WriteAsync(app, "worker.config.json", """{"description":{"defaultExecutablePath":"/bin/sh","defaultWorkerPath":"worker.sh"}}""");
        await WriteAsync(app, "worker.sh", script);

        await EndsSayingAsync(Settings(("LocalHost__App", app.FullName), ("LocalHost__WorkerStartLimit", "00:00:02")), sentence);
    }

    private static Task WriteAsync(TempFolder folder, string name, string? content) =>
        content is null ? Task.CompletedTask : File.WriteAllTextAsync(folder.PathOf(name), content, TestContext.Current.CancellationToken);

    private static async Task<string> EndsSayingAsync(Dictionary<string, string> settings, string sentence, int? port = null)
    {
        var marker = $"{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):n}";
        settings[Marker] = marker;

        var (exitCode, output) = await AppHost.StartInVainAsync(settings, port);

        Assert.True(exitCode == 1, output);
        Assert.Contains(sentence, output.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
        Assert.DoesNotContain(EnvironmentsOfProcesses(), environment => environment.Contains(marker, StringComparison.Ordinal));
        return output;
    }

    private Dictionary<string, string> Settings(params (string Name, string Value)[] changed)
    {
        var settings = RigSettings.For(azurite.Azurite.Shared, azurite.Azurite.NewContainerName(), new Uri("http://127.0.0.1:1/"), Convert.ToBase64String(new byte[32]));
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
