using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Xunit;

namespace FaceSwap.LocalHost.Tests.Conformance;

/// <summary>Retry policies and handlers, of activities and sub-orchestrations.</summary>
public abstract class RetryCases<TEngine> : ConformanceCase<TEngine>
    where TEngine : IConformanceEngine, new()
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(10);

    private int _runs;

    [Fact]
    public async Task Policy_SucceedsOnThirdAttempt_ReturnsTheResult()
    {
        var ended = await RunAsync(
            context => context.CallActivityAsync<int>("Flaky", 3, TaskOptions.FromRetryPolicy(new RetryPolicy(5, Soon))), Flaky);
        IsCompleted(3, ended);
        Assert.Equal(3, _runs);
    }

    [Fact]
    public async Task Policy_AttemptsUsedUp_ThrowsTheLastFailure()
    {
        var ended = await RunAsync(
            context => context.CallActivityAsync<int>("Flaky", 9, TaskOptions.FromRetryPolicy(new RetryPolicy(3, Soon))), Flaky);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Contains("run 3", ended.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal(3, _runs);
    }

    [Fact]
    public async Task Policy_OneAttempt_DoesNotRepeat()
    {
        await RunAsync(
            context => context.CallActivityAsync<int>("Flaky", 2, TaskOptions.FromRetryPolicy(new RetryPolicy(1, Soon))), Flaky);
        Assert.Equal(1, _runs);
    }

    [Fact]
    public async Task Policy_BacksOff_ByTheCoefficientUpToTheLargestInterval()
    {
        RetryPolicy policy = new(4, TimeSpan.FromMilliseconds(100), 3.0, TimeSpan.FromMilliseconds(200));
        var ended = await RunAsync(
            async context =>
            {
                var start = context.CurrentUtcDateTime;
                await context.CallActivityAsync<int>("Flaky", 4, TaskOptions.FromRetryPolicy(policy));
                return context.CurrentUtcDateTime - start >= TimeSpan.FromMilliseconds(500);
            },
            Flaky);
        IsCompleted(true, ended);
    }

    [Fact]
    public async Task Policy_TimeoutPassed_StopsRetrying()
    {
        RetryPolicy policy = new(1000, TimeSpan.FromMilliseconds(40), retryTimeout: TimeSpan.FromMilliseconds(100));
        var ended = await RunAsync(
            context => context.CallActivityAsync<int>("Flaky", int.MaxValue, TaskOptions.FromRetryPolicy(policy)), Flaky);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.InRange(_runs, 1, 4);
    }

    [Fact]
    public async Task Policy_FilterRefuses_DoesNotRepeat()
    {
        RetryPolicy policy = new(5, Soon) { HandleFailure = failure => !failure.IsCausedBy<InvalidTimeZoneException>() };
        await RunAsync(
            context => context.CallActivityAsync<int>("Flaky", 3, TaskOptions.FromRetryPolicy(policy)), Flaky);
        Assert.Equal(1, _runs);
    }

    [Fact]
    public async Task Policy_FilterAllows_Repeats()
    {
        RetryPolicy policy = new(5, Soon) { HandleFailure = failure => failure.IsCausedBy<InvalidTimeZoneException>() };
        var ended = await RunAsync(
            context => context.CallActivityAsync<int>("Flaky", 3, TaskOptions.FromRetryPolicy(policy)), Flaky);
        IsCompleted(3, ended);
    }

    [Fact]
    public async Task Handler_SeesAttemptAndFailure_AndDecides()
    {
        var ended = await RunAsync(
            async context =>
            {
                List<string> seen = [];
                TaskOptions options = TaskOptions.FromRetryHandler(retry =>
                {
                    seen.Add($"{retry.LastAttemptNumber}:{retry.LastFailure.ErrorMessage}");
                    return retry.LastAttemptNumber < 2;
                });
                try
                {
                    await context.CallActivityAsync<int>("Flaky", 9, options);
                }
                catch (TaskFailedException failed)
                {
                    seen.Add(failed.FailureDetails.ErrorMessage);
                }

                return string.Join(',', seen);
            },
            Flaky);
        IsCompleted("1:run 1,2:run 2,run 2", ended);
    }

    [Fact]
    public async Task AsyncHandler_MayWaitOnATimer()
    {
        var ended = await RunAsync(
            context => context.CallActivityAsync<int>("Flaky", 2, TaskOptions.FromRetryHandler(async retry =>
            {
                await retry.OrchestrationContext.CreateTimer(Soon, CancellationToken.None);
                return true;
            })),
            Flaky);
        IsCompleted(2, ended);
    }

    [Fact]
    public async Task SubOrchestration_WithPolicy_IsRepeated()
    {
        int runs = 0;
        var ended = await RunAsync(
            context => context.CallSubOrchestratorAsync<int>("Child", options: TaskOptions.FromRetryPolicy(new RetryPolicy(3, Soon))),
            tasks =>
            {
                tasks.AddActivity<object?, int>("Count", (_, _) => Task.FromResult(Interlocked.Increment(ref runs)));
                tasks.AddOrchestrator<object?, int>("Child", async (context, _) =>
                    await context.CallActivityAsync<int>("Count") is var count and > 1 ? count : throw new InvalidOperationException("not yet"));
            });
        IsCompleted(2, ended);
    }

    // Fails with "run N" until it has been run as often as its input says.
    private void Flaky(ITaskRegistrar tasks) => tasks.AddActivity<int, int>("Flaky", (_, succeedsAt) =>
    {
        int run = Interlocked.Increment(ref _runs);
        return run >= succeedsAt ? Task.FromResult(run) : throw new InvalidTimeZoneException($"run {run}");
    });
}
