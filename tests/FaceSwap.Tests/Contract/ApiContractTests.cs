using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FaceSwap.Functions.Contract;
using Microsoft.OpenApi;
using Xunit;

namespace FaceSwap.Tests.Contract;

/// <summary>The contract that is served is the one that the routes keep.</summary>
public sealed class ApiContractTests
{
    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void Contract_ThatIsServed_IsBuiltFromTheRoutes()
    {
        var built = new OpenApiBuilder().Build().ToJsonString(Written) + "\n";
        var served = Encoding.UTF8.GetString(ApiContract.Json.Span);

        var received = Path.Combine(AppContext.BaseDirectory, "openapi.received.json");
        File.Delete(received);
        if (built != served)
        {
            File.WriteAllText(received, built);
        }

        Assert.True(built == served, $"The routes, or their records, are not those of src/FaceSwap.Functions/Contract/openapi.json any more. If that is meant, put this there: {received}");
    }

    [Fact]
    public void Contract_ForgetsNoRoute() => Assert.Empty(OpenApiBuilder.Forgotten);

    [Fact]
    public async Task Contract_IsReadWithoutAComplaint()
    {
        using var content = new MemoryStream(ApiContract.Json.ToArray());

        var read = await OpenApiDocument.LoadAsync(content, "json", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Empty(read.Diagnostic!.Errors);
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, read.Diagnostic.SpecificationVersion);
        Assert.Equal(ApiOperation.All.Count, read.Document!.Paths.Sum(path => path.Value.Operations!.Count));
    }

    [Fact]
    public void Page_ShowsEveryCallAndRecord_AndRunsNothing()
    {
        var page = DocsPage.Of(ApiContract.Json.Span);

        Assert.All(ApiOperation.All, operation => Assert.Contains($"id=\"{char.ToLowerInvariant(operation.Function[0])}{operation.Function[1..]}\"", page, StringComparison.Ordinal));
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(" style=", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("https://fonts", page, StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", DocsPage.SecurityPolicy, StringComparison.Ordinal);
    }

    [Fact]
    public void Requests_OfTheHttpFile_AreThoseOfTheContract()
    {
        var file = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Http", "faceswap.http"));
        var calls = file.Where(line => line.Contains("{{api}}", StringComparison.Ordinal) && !line.StartsWith('@')).ToList();

        using var contract = JsonDocument.Parse(ApiContract.Json);
        foreach (var path in contract.RootElement.GetProperty("paths").EnumerateObject())
        {
            foreach (var method in path.Value.EnumerateObject())
            {
                var wanted = $"{method.Name.ToUpperInvariant()} {{{{api}}}}{path.Name.Replace("{id}", path.Name.StartsWith("/jobs", StringComparison.Ordinal) ? "{{job}}" : path.Name.StartsWith("/batches", StringComparison.Ordinal) ? "{{batch}}" : path.Name.StartsWith("/schedules", StringComparison.Ordinal) ? "{{schedule}}" : "{{endpoint}}", StringComparison.Ordinal).Replace("{deliveryId}", "{{delivery}}", StringComparison.Ordinal)}";
                Assert.True(calls.Any(line => line == wanted || line.StartsWith($"{wanted}?", StringComparison.Ordinal)), $"faceswap.http has no line '{wanted}'.");
            }
        }
    }
}
