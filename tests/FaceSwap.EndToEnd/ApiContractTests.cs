using System.Net;
using System.Text.Json.Nodes;
using FaceSwap.EndToEnd.Drivers;
using Xunit;

namespace FaceSwap.EndToEnd;

/// <summary>The contract as it is served.</summary>
public sealed class ApiContractTests(RigFixture fixture) : IClassFixture<RigFixture>
{
    [Fact]
    public async Task Contract_IsServedAsADocumentAndAsAPage()
    {
        var rig = await fixture.RunningAsync();

        using var document = await rig.Jobs.Http.GetAsync("api/openapi.json", TestContext.Current.CancellationToken);
        using var page = await rig.Jobs.Http.GetAsync("api/docs", TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (document.StatusCode, page.StatusCode));
        Assert.Equal("3.1.1", (string?)JsonNode.Parse(await document.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["openapi"]);
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("default-src 'none'", Assert.Single(page.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Contains("submitJob", await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
