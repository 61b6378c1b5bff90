using Azure;
using FaceSwap.Errors;
using FaceSwap.Functions.Activities;
using FaceSwap.Jobs;
using FaceSwap.Testing.Time;
using Microsoft.Extensions.Options;
using Xunit;

namespace FaceSwap.Tests.Activities;

/// <summary>What a step's failure becomes: a value the job can act on, or a defect that passes through.</summary>
public sealed class StepEdgeTests
{
    private readonly FakeClock clock = new();
    private readonly JobOptions options = new();

    public static TheoryData<Exception> StorageThatIsAway =>
    [
        new RequestFailedException(503, "busy"),
        new RequestFailedException("refused"),
        new AggregateException("Retry failed after 4 tries.", new RequestFailedException("refused")),
        new TaskCanceledException("The operation exceeded the network timeout."),
    ];

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
            await Task.Delay(Timeout.InfiniteTimeSpan, clock, token);
            return 0;
        });

        clock.Advance(options.StepLimit);
        var result = await running;

        Assert.True(options.StepLimit < TimeSpan.FromMinutes(30));
        Assert.Equal((ErrorCodes.BackendUnavailable, true), (result.Error?.Code, result.Error?.Retryable));
    }

    [Fact]
    public async Task RunAsync_Shutdown_IsNoFailureOfTheStep()
    {
        using var shutdown = new CancellationTokenSource();
        var running = new StepEdge(Options.Create(options), clock).RunAsync(
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

    private Task<StepResult<int>> RunAsync(Func<CancellationToken, Task<int>> step) =>
        new StepEdge(Options.Create(options), clock).RunAsync(step, TestContext.Current.CancellationToken);
}
