using Azure;
using FaceSwap.Errors;
using FaceSwap.Functions.Edge.Durable;
using FaceSwap.Jobs;
using FaceSwap.Testing.Time;
using FaceSwap.Tests.Product;
using Xunit;

namespace FaceSwap.Tests.Edge;

/// <summary>What a step's failure becomes: a value the job can act on, or a defect that passes through.</summary>
public sealed class StepEdgeTests : IDisposable
{
    private readonly TestProduct product = new();
    private readonly JobOptions options = new();

    public static TheoryData<Exception> StorageThatIsAway =>
    [
        new RequestFailedException(503, "busy"),
        new RequestFailedException("refused"),
        new AggregateException("Retry failed after 4 tries.", new RequestFailedException("refused")),
        new TaskCanceledException("The operation exceeded the network timeout."),
    ];

    private FakeClock Clock => product.Time;

    private JobCancellations Cancellations => product.Get<JobCancellations>();

    public void Dispose() => product.Dispose();

    [Theory]
    [MemberData(nameof(StorageThatIsAway))]
    public async Task RunAsync_StorageThatIsAway_IsSaidAndCanBeTriedAgain(Exception failure)
    {
        var result = await RunAsync(_ => throw failure);

        Assert.Equal((ErrorCodes.StorageUnavailable, true), (result.Error?.Code, result.Error?.Retryable));
        Assert.NotNull(result.Error?.RetryAfter);
    }

    [Fact]
    public async Task RunAsync_ForeseeableFailure_KeepsItsRemedyAndItsWait()
    {
        var result = await RunAsync(_ => throw new FaceSwapException(ErrorCodes.RateLimited, "Busy.", TimeSpan.FromSeconds(7)) { Remedy = "Wait." });

        Assert.Equal((ErrorCodes.RateLimited, "Wait.", TimeSpan.FromSeconds(7)), (result.Error?.Code, result.Error?.Remedy, result.Error?.RetryAfter));
    }

    [Fact]
    public async Task RunAsync_StepThatNeverEnds_EndsBeforeThePlatformWouldEndTheWorker()
    {
        var running = RunAsync(async token =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, Clock, token);
            return 0;
        });

        Clock.Advance(options.StepLimit);
        var result = await running;

        Assert.True(options.StepLimit < TimeSpan.FromMinutes(30));
        Assert.Equal((ErrorCodes.BackendUnavailable, true), (result.Error?.Code, result.Error?.Retryable));
    }

    [Fact]
    public async Task RunAsync_Shutdown_IsNoFailureOfTheStep()
    {
        using var shutdown = new CancellationTokenSource();
        var running = product.Get<StepEdge>().RunAsync(
            async token =>
            {
                await shutdown.CancelAsync();
                token.ThrowIfCancellationRequested();
                return 0;
            },
            shutdown.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task RunAsync_Defect_PassesThrough() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(_ => throw new InvalidOperationException()));

    [Fact]
    public async Task RunAsync_StepOfAJobThatIsCancelled_IsLeftWithinSeconds()
    {
        var running = RunOfJobAsync(async token =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, Clock, token);
            return 0;
        });
        await Clock.PassAsync(TimeSpan.FromSeconds(3));
        Assert.False(running.IsCompleted);
        await Cancellations.RequestAsync("job_1", TestContext.Current.CancellationToken);

        await Clock.PassAsync(TimeSpan.FromSeconds(3));
        var result = await running;

        Assert.Equal((ErrorCodes.Cancelled, false), (result.Error?.Code, result.Error?.Retryable));
    }

    [Fact]
    public async Task RunAsync_StepThatHasSomethingToTellWhenItIsLeft_TellsIt()
    {
        await Cancellations.RequestAsync("job_1", TestContext.Current.CancellationToken);
        var running = RunOfJobAsync(async token =>
        {
            await Task.WhenAny(Task.Delay(Timeout.InfiniteTimeSpan, Clock, token));
            return 7;
        });

        await Clock.PassAsync(TimeSpan.FromSeconds(3));

        Assert.Equal(new StepResult<int>(7, null), await running);
    }

    [Fact]
    public async Task RunAsync_StepThatEndsByItself_IsNotLookedAfterAnyMore()
    {
        Assert.Equal(new StepResult<int>(7, null), await RunOfJobAsync(_ => Task.FromResult(7)));

        Assert.Null(Clock.NextWait);
    }

    [Fact]
    public async Task RunAsync_CancellationThatCannotBeRead_LeavesTheStepAlone()
    {
        product.Blobs.Before = (_, _) => throw new HttpRequestException("away");
        var done = new TaskCompletionSource<int>();
        var running = RunOfJobAsync(_ => done.Task);

        await Clock.PassAsync(TimeSpan.FromSeconds(3));
        await Clock.PassAsync(TimeSpan.FromSeconds(3));
        done.SetResult(7);

        Assert.Equal(new StepResult<int>(7, null), await running);
        Assert.NotEmpty(product.Blobs.Requests);
    }

    private Task<StepResult<int>> RunOfJobAsync(Func<CancellationToken, Task<int>> step) =>
        product.Get<StepEdge>().RunAsync("job_1", step, TestContext.Current.CancellationToken);

    private Task<StepResult<int>> RunAsync(Func<CancellationToken, Task<int>> step) =>
        product.Get<StepEdge>().RunAsync(step, TestContext.Current.CancellationToken);
}
