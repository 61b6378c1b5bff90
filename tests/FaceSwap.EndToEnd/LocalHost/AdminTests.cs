using System.Net;
using FaceSwap.EndToEnd.Drivers;
using Xunit;

namespace FaceSwap.EndToEnd.LocalHost;

/// <summary>The master key, and what it alone admits to.</summary>
public sealed class AdminTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keys_AdmitWhereTheyShould_AndStayOutOfTheWorker()
    {
        await using var rig = await Rig.StartAsync(azurite);
        using var master = rig.Host.CreateClient(rig.Host.MasterKey);
        using var stranger = rig.Host.CreateClient("a-key-that-nobody-has-given-out");

        Assert.Equal(HttpStatusCode.Unauthorized, await RunAsync(stranger));
        Assert.Equal(HttpStatusCode.Unauthorized, await RunAsync(rig.Jobs.Http));
        Assert.Equal(HttpStatusCode.Accepted, await RunAsync(master));
        Assert.Equal(HttpStatusCode.OK, await ListAsync(master));
        Assert.Equal(HttpStatusCode.OK, await ListAsync(rig.Jobs.Http));
        Assert.Equal(HttpStatusCode.Unauthorized, await ListAsync(stranger));
        Assert.DoesNotContain(rig.Host.ReadWorkerEnvironment(), variable =>
            variable.Contains(rig.Host.MasterKey, StringComparison.Ordinal) || variable.Contains(rig.Host.FunctionKey, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Requests_AboveTheLimitOfHostJson_GetA429()
    {
        const string Http = "AzureFunctionsJobHost__extensions__http__";
        await using var rig = await Rig.StartAsync(
            azurite, ($"{Http}maxConcurrentRequests", "1"), ($"{Http}maxOutstandingRequests", "1"));
        await using var watched = await WatchedJob.StartAsync(rig);

        Assert.Equal(HttpStatusCode.TooManyRequests, await ListAsync(rig.Jobs.Http));
    }

    private static async Task<HttpStatusCode> RunAsync(HttpClient client)
    {
        using var answer = await client.PostAsync("admin/functions/KeepClocks", null, Token);
        return answer.StatusCode;
    }

    private static async Task<HttpStatusCode> ListAsync(HttpClient client)
    {
        using var answer = await client.GetAsync("api/jobs", Token);
        return answer.StatusCode;
    }
}
