using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Xunit;

namespace FaceSwap.LocalHost.Tests.Conformance;

/// <summary>Reading, listing, purging and restarting instances.</summary>
public abstract class QueryCases<TEngine> : ConformanceCase<TEngine>
    where TEngine : IConformanceEngine, new()
{
    [Fact]
    public async Task Get_Missing_IsNull()
    {
        await StartEngineAsync(Register);
        Assert.Null(await Client.GetInstanceAsync("missing", Cancellation));
    }

    [Fact]
    public async Task Get_WithPayloads_ShowsInputOutputAndCustomStatus()
    {
        await StartEngineAsync(Register);
        var ended = await RunAsync("Echo", "in");
        Assert.Equal("in", ended.ReadInputAs<string>());
        Assert.Equal("in!", ended.ReadOutputAs<string>());
        Assert.Equal("status of in", ended.ReadCustomStatusAs<string>());
        Assert.True(ended.LastUpdatedAt >= ended.CreatedAt);
    }

    [Fact]
    public async Task Get_WithoutPayloads_LeavesThemOut()
    {
        await StartEngineAsync(Register);
        var ended = await RunAsync("Echo", "in");
        var found = await Client.GetInstanceAsync(ended.InstanceId, Cancellation);
        Assert.Null(found!.SerializedInput);
        Assert.Throws<InvalidOperationException>(() => found.ReadInputAs<string>());
    }

    [Fact]
    public async Task Get_Failed_ShowsTheFailure()
    {
        await StartEngineAsync(Register);
        var ended = await RunAsync("Fail");
        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Equal("on purpose", ended.FailureDetails!.ErrorMessage);
        Assert.True(ended.FailureDetails.IsCausedBy<InvalidTimeZoneException>());
        Assert.Equal("because", ended.FailureDetails.InnerFailure!.ErrorMessage);
    }

    [Fact]
    public async Task List_All_PagesThroughEveryInstance()
    {
        await StartManyAsync(23);
        List<string> ids = [];
        int pages = 0;
        await foreach (var page in Client.GetAllInstancesAsync(new OrchestrationQuery(PageSize: 10)).AsPages())
        {
            ids.AddRange(page.Values.Select(value => value.InstanceId));
            pages++;
        }

        Assert.Equal(23, ids.Distinct().Count());
        Assert.InRange(pages, 3, 4);
    }

    [Fact]
    public async Task List_GoesOnFromAContinuationToken()
    {
        await StartManyAsync(12);
        HashSet<string> ids = [];
        string? token = null;
        do
        {
            await using var pages =
                Client.GetAllInstancesAsync(new OrchestrationQuery(PageSize: 5, ContinuationToken: token)).AsPages().GetAsyncEnumerator(Cancellation);
            Assert.True(await pages.MoveNextAsync());
            ids.UnionWith(pages.Current.Values.Select(value => value.InstanceId));
            token = pages.Current.ContinuationToken;
        }
        while (token is not null);
        Assert.Equal(12, ids.Count);
    }

    [Fact]
    public async Task List_ByPrefix_FindsOnlyThose()
    {
        await StartEngineAsync(Register);
        await RunAsync("Echo", "x", new StartOrchestrationOptions("job-1"));
        await RunAsync("Echo", "x", new StartOrchestrationOptions("job-2"));
        await RunAsync("Echo", "x", new StartOrchestrationOptions("other"));
        Assert.Equal(["job-1", "job-2"], await IdsAsync(new OrchestrationQuery(InstanceIdPrefix: "job-")));
    }

    [Fact]
    public async Task List_ByStatus_FindsOnlyThose()
    {
        await StartEngineAsync(Register);
        await RunAsync("Echo", "x", new StartOrchestrationOptions("good"));
        await RunAsync("Fail", null, new StartOrchestrationOptions("bad"));
        Assert.Equal(["bad"], await IdsAsync(new OrchestrationQuery(Statuses: [OrchestrationRuntimeStatus.Failed])));
    }

    [Fact]
    public async Task List_ByCreation_FindsOnlyThose()
    {
        await StartEngineAsync(Register);
        var first = await RunAsync("Echo", "x", new StartOrchestrationOptions("first"));
        await RunAsync("Echo", "x", new StartOrchestrationOptions("second"));
        Assert.Equal(["first"], await IdsAsync(new OrchestrationQuery(CreatedTo: first.CreatedAt)));
        Assert.Equal(["second"], await IdsAsync(new OrchestrationQuery(CreatedFrom: first.CreatedAt.AddTicks(10))));
    }

    [Fact]
    public async Task List_FetchingPayloads_ShowsThem()
    {
        await StartEngineAsync(Register);
        await RunAsync("Echo", "x", new StartOrchestrationOptions("one"));
        List<string?> outputs = [];
        await foreach (var found in Client.GetAllInstancesAsync(new OrchestrationQuery(FetchInputsAndOutputs: true)))
        {
            outputs.Add(found.ReadOutputAs<string>());
        }

        Assert.Equal(["x!"], outputs);
    }

    [Fact]
    public async Task Purge_Finished_RemovesIt()
    {
        await StartEngineAsync(Register);
        var ended = await RunAsync("Echo", "x");
        var result = await Client.PurgeInstanceAsync(ended.InstanceId, Cancellation);
        Assert.Equal(1, result.PurgedInstanceCount);
        Assert.Null(await Client.GetInstanceAsync(ended.InstanceId, Cancellation));
    }

    [Fact]
    public async Task Purge_Missing_RemovesNothing()
    {
        await StartEngineAsync(Register);
        Assert.Equal(0, (await Client.PurgeInstanceAsync("missing", Cancellation)).PurgedInstanceCount);
    }

    [Fact]
    public async Task Purge_ByStatus_RemovesOnlyThose()
    {
        await StartEngineAsync(Register);
        await RunAsync("Echo", "x", new StartOrchestrationOptions("good"));
        await RunAsync("Fail", null, new StartOrchestrationOptions("bad"));
        var result = await Client.PurgeAllInstancesAsync(
            new PurgeInstancesFilter(Statuses: [OrchestrationRuntimeStatus.Failed]), Cancellation);
        Assert.Equal(1, result.PurgedInstanceCount);
        Assert.Equal(["good"], await IdsAsync(new OrchestrationQuery()));
    }

    [Fact]
    public async Task Purge_Recursive_RemovesTheChildrenToo()
    {
        await StartEngineAsync(Register);
        await RunAsync("Parent", "kid", new StartOrchestrationOptions("parent"));
        await Client.PurgeInstanceAsync("parent", new PurgeInstanceOptions(Recursive: true), Cancellation);
        Assert.Empty(await IdsAsync(new OrchestrationQuery()));
    }

    [Fact]
    public async Task Restart_SameId_RunsAgainWithTheSameInput()
    {
        await StartEngineAsync(Register);
        var first = await RunAsync("Echo", "x", new StartOrchestrationOptions("one"));
        Assert.Equal("one", await Client.RestartAsync("one", false, Cancellation));
        var second = await CompletionOfAsync("one");
        IsCompleted("x!", second);
        Assert.True(second.CreatedAt > first.CreatedAt);
    }

    [Fact]
    public async Task Restart_NewId_LeavesTheFirst()
    {
        await StartEngineAsync(Register);
        await RunAsync("Echo", "x", new StartOrchestrationOptions("one"));
        string id = await Client.RestartAsync("one", true, Cancellation);
        Assert.NotEqual("one", id);
        IsCompleted("x!", await CompletionOfAsync(id));
    }

    [Fact]
    public async Task Restart_Missing_Throws()
    {
        await StartEngineAsync(Register);
        await Assert.ThrowsAsync<ArgumentException>(() => Client.RestartAsync("missing", false, Cancellation));
    }

    private async Task StartManyAsync(int count)
    {
        await StartEngineAsync(Register);
        for (int i = 0; i < count; i++)
        {
            await Client.ScheduleNewOrchestrationInstanceAsync("Echo", "x", Cancellation);
        }
    }

    private async Task<string[]> IdsAsync(OrchestrationQuery query)
    {
        List<string> ids = [];
        await foreach (var found in Client.GetAllInstancesAsync(query))
        {
            ids.Add(found.InstanceId);
        }

        return [.. ids.Order()];
    }

    private static void Register(ITaskRegistrar tasks)
    {
        tasks.AddOrchestrator<string, string>("Echo", (context, input) =>
        {
            context.SetCustomStatus($"status of {input}");
            return Task.FromResult(input + "!");
        });
        tasks.AddOrchestrator<object?, int>("Fail", (_, _) =>
            throw new InvalidTimeZoneException("on purpose", new TimeoutException("because")));
        tasks.AddOrchestrator<string, string>("Parent", (context, child) =>
            context.CallSubOrchestratorAsync<string>("Echo", "x", new SubOrchestrationOptions(instanceId: child)));
    }
}
