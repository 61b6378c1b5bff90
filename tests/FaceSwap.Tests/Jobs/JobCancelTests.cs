using FaceSwap.Callers;
using FaceSwap.Errors;
using FaceSwap.Functions.Edge.Durable;
using FaceSwap.Functions.Jobs;
using FaceSwap.Jobs;
using FaceSwap.Tests.Edge;
using FaceSwap.Tests.Product;
using Microsoft.DurableTask.Client;
using Xunit;

namespace FaceSwap.Tests.Jobs;

/// <summary>A caller's wish to end a job reaches its steps first and then its instance, or is refused.</summary>
public sealed class JobCancelTests : IAsyncDisposable
{
    private const string Id = "job_00000000000000000000000000000001";
    private static readonly Caller Owner = new("caller", IsOperator: false);
    private readonly TestProduct _product = new();
    private readonly ScriptedClient _client = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _product.Dispose();
        await _client.DisposeAsync();
    }

    [Fact]
    public async Task Request_OfARunningJob_MarksItAndRaisesTheEvent()
    {
        await StartAsync();
        _client.Raising = _ => Assert.NotEmpty(Marks);

        await RequestAsync();
        await RequestAsync();

        Assert.Equal([(Id, JobCancellations.Event), (Id, JobCancellations.Event)], _client.Raised);
    }

    [Fact]
    public async Task Request_OfAJobThatHasEnded_LeavesNothing()
    {
        await StartAsync();
        End();

        Assert.Equal(ErrorCodes.JobEnded, await CodeAsync());

        Assert.Empty(Marks);
        Assert.Empty(_client.Raised);
    }

    [Fact]
    public async Task Request_OfAJobThatEndsMeanwhile_SaysSo()
    {
        await StartAsync();
        _client.Raising = _ =>
        {
            End();
            throw new InvalidOperationException("It has ended.");
        };

        Assert.Equal(ErrorCodes.JobEnded, await CodeAsync());
    }

    [Fact]
    public async Task Request_WhoseEventCannotBeRaised_IsNoSuccess()
    {
        await StartAsync();
        _client.Raising = _ => throw new IOException("The connection broke.");

        await Assert.ThrowsAsync<IOException>(RequestAsync);
    }

    [Theory]
    [InlineData("job_00000000000000000000000000000002")]
    [InlineData("../jobs")]
    public async Task Request_OfNoJob_IsNotFound(string id)
    {
        var failure = await Assert.ThrowsAsync<FaceSwapException>(() => _product.Get<JobCancel>().RequestAsync(id, Owner, _client, Token));

        Assert.Equal(ErrorCodes.JobNotFound, failure.Code);
        Assert.Empty(_product.Blobs.NamesUnder("jobs/"));
    }

    private IReadOnlyList<string> Marks => _product.Blobs.NamesUnder($"jobs/{Id}/");

    private Task RequestAsync() => _product.Get<JobCancel>().RequestAsync(Id, Owner, _client, Token);

    private async Task<string> CodeAsync() => (await Assert.ThrowsAsync<FaceSwapException>(RequestAsync)).Code;

    private Task StartAsync()
    {
        var job = new JobInput(
            Id, "caller", _product.Time.GetUtcNow(), "https://app.test", null, null, null, "swap", "en", null, JobPolicy.From(new JobOptions()));
        return _client.StartOnceAsync(Orchestrators.FaceSwapJob, Id, new FaceSwapJobInput(job, []), Token);
    }

    private void End() => _client.Set(Id, OrchestrationRuntimeStatus.Completed, new JobOutcome(JobStage.Completed, null, null));
}
