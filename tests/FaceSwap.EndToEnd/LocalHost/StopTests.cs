using System.Net;
using System.Net.Sockets;
using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Host;
using Xunit;

namespace FaceSwap.EndToEnd.LocalHost;

/// <summary>A host that is told to stop.</summary>
public sealed class StopTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Stop_WhileTheHostWaitsForStorage_EndsWithoutAComplaint()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var nowhere = $"DefaultEndpointsProtocol=http;AccountName=a;AccountKey=a2V5;BlobEndpoint=http://{silent.LocalEndpoint}/a;QueueEndpoint=http://{silent.LocalEndpoint}/a;TableEndpoint=http://{silent.LocalEndpoint}/a;";
        var settings = RigSettings.For(azurite.Azurite.Shared, azurite.Azurite.NewContainerName(), new Uri("http://127.0.0.1:1/"), Convert.ToBase64String(new byte[32]));
        settings["Storage__ConnectionString"] = nowhere;

        var (exitCode, output) = await AppHost.StopWhileStartingAsync(settings, silent.AcceptSocketAsync(TestContext.Current.CancellationToken).AsTask());

        Assert.True(exitCode == 0, output);
        Assert.DoesNotContain("nhandled", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }
}
