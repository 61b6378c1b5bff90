using System.Text.Json.Nodes;
using FaceSwap.Errors;
using FaceSwap.Functions.Jobs;
using FaceSwap.Functions.Jobs.Api;
using FaceSwap.Jobs;
using FaceSwap.Tests.Edge;
using FaceSwap.Tests.Product;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FaceSwap.Tests.Jobs;

public sealed class ListJobsTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly TestProduct _product = new();
    private readonly ScriptedClient _client = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddLogging().BuildServiceProvider();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _product.Dispose();
        await _services.DisposeAsync();
        await _client.DisposeAsync();
    }

    [Fact]
    public async Task List_ShowsEachJobAsItIsAndReadsOnlyThoseThatRun()
    {
        var (done, failed, running, ended) = (Id(1), Id(2), Id(3), Id(4));
        foreach (var number in Enumerable.Range(1, 4))
        {
            await StartAsync(number);
        }

        var index = _product.Get<JobIndex>();
        await index.CloseAsync(Job(1), JobStage.Completed, Start.AddHours(9), null, Token);
        await index.CloseAsync(Job(2), JobStage.Expired, Start.AddHours(9), ErrorCodes.DeadlineExceeded, Token);
        _client.Set(ended, OrchestrationRuntimeStatus.Completed, new JobOutcome(JobStage.Failed, null, JobError.Of(ErrorCodes.RenderFailed, "It failed.")));

        // Claimed and never started.
        await index.AddAsync(Job(5), Token);
        var read = new List<string>();
        _client.Reading = read.Add;

        var (status, body) = await ListAsync("");

        Assert.Equal(200, status);
        Assert.Equal([ended, running, failed, done], Ids(body));
        Assert.Equal(["failed", "queued", "expired", "completed"], body["jobs"]!.AsArray().Select(job => (string?)job!["status"]));
        Assert.Equal([ErrorCodes.RenderFailed, null, ErrorCodes.DeadlineExceeded, null], body["jobs"]!.AsArray().Select(job => (string?)job!["error"]));
        Assert.Equal([0, 0, null, 100], body["jobs"]!.AsArray().Select(job => (int?)job!["percent"]));
        Assert.Equal($"https://app.test/jobs/{done}/result", (string?)body["jobs"]![3]!["links"]!["result"]);
        Assert.Null(body["cursor"]);
        Assert.Equal(new[] { ended, running, Id(5) }.Order(), read.Order());
    }

    [Fact]
    public async Task List_PageByPage_GivesThemAll()
    {
        foreach (var number in Enumerable.Range(1, 5))
        {
            await StartAsync(number);
        }

        var (_, first) = await ListAsync("?limit=2");
        var (_, second) = await ListAsync($"?limit=2&cursor={(string?)first["cursor"]}");
        var (_, third) = await ListAsync($"?limit=2&cursor={(string?)second["cursor"]}");

        Assert.Equal(Enumerable.Range(1, 5).Reverse().Select(Id), Ids(first).Concat(Ids(second)).Concat(Ids(third)));
        Assert.Null(third["cursor"]);
    }

    [Theory]
    [InlineData("?status=queued", "3 2")]
    [InlineData("?status=completed", "1")]
    [InlineData("?status=failed", "")]
    [InlineData("?since=2026-01-01T02:00:00Z", "3 2")]
    [InlineData("?since=2026-01-01T02:00:00.5Z", "3")]
    [InlineData("?since=2026-01-01", "3 2 1")]
    [InlineData("?until=2026-01-01", "")]
    [InlineData("?since=2026-01-01T03:00:00%2B01:00&until=2026-01-01T03:00:00Z", "2")]
    public async Task List_Filtered_GivesWhatIsNamed(string query, string expected)
    {
        foreach (var number in Enumerable.Range(1, 3))
        {
            await StartAsync(number);
        }

        await _product.Get<JobIndex>().CloseAsync(Job(1), JobStage.Completed, Start, null, Token);

        var (_, body) = await ListAsync(query);

        Assert.Equal(expected, string.Join(' ', Ids(body).Select(id => id[^1])));
    }

    [Theory]
    [InlineData("?limit=0", "'limit' must be a number from 1 to 100.")]
    [InlineData("?limit=101", "'limit' must be a number from 1 to 100.")]
    [InlineData("?limit=-1", "'limit' must be a number from 1 to 100.")]
    [InlineData("?limit=", "'limit' must be a number from 1 to 100.")]
    [InlineData("?limit=ten", "'limit' must be a number from 1 to 100.")]
    [InlineData("?status=done", "'status' must be one of queued, staging, connecting, uploading, swapping, verifying, rendering, storing, completed, failed, cancelled, expired.")]
    [InlineData("?status=Completed", "'status' must be one of queued, staging, connecting, uploading, swapping, verifying, rendering, storing, completed, failed, cancelled, expired.")]
    [InlineData("?stauts=failed", "The parameter 'stauts' is not known here; there is 'limit', 'cursor', 'status', 'since', 'until', 'batch'.")]
    [InlineData("?since=1.5", "'since' must be a time such as 2026-01-31T09:00:00Z; a '+' in an address is written %2B.")]
    [InlineData("?since=yesterday", "'since' must be a time such as 2026-01-31T09:00:00Z; a '+' in an address is written %2B.")]
    [InlineData("?until=2026-01-01T03:00:00+01:00", "'until' must be a time such as 2026-01-31T09:00:00Z; a '+' in an address is written %2B.")]
    [InlineData("?cursor=forged", "'cursor' must be one that a page of this listing came with.")]
    public async Task List_AskedWrongly_SaysWhatIsWrong(string query, string detail)
    {
        var (status, problem) = await ListAsync(query);

        Assert.Equal((422, "invalid_request", detail), (status, (string?)problem["code"], (string?)problem["detail"]));
    }

    private static string Id(int number) => $"job_{new string('0', 31)}{number}";

    private static IEnumerable<string> Ids(JsonNode body) => body["jobs"]!.AsArray().Select(job => (string)job!["id"]!);

    private static JobInput Job(int number) => new(
        Id(number), "default", Start.AddHours(number), "https://app.test", null, null, null, "swap", "en", null, JobPolicy.From(new JobOptions()));

    private Task<StartedJob> StartAsync(int number) => _product.Get<JobStart>().StartAsync(null, new FaceSwapJobInput(Job(number), []), _client, Token);

    private async Task<(int Status, JsonNode Body)> ListAsync(string query)
    {
        var context = new DefaultHttpContext { RequestServices = _services };
        context.Request.QueryString = new QueryString(query);
        using var body = new MemoryStream();
        context.Response.Body = body;

        await (await _product.New<JobRoutes>().ListJobs(context.Request, _client, Token)).ExecuteAsync(context);

        return (context.Response.StatusCode, JsonNode.Parse(body.ToArray())!);
    }
}
