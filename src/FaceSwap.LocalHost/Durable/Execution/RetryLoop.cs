using Microsoft.DurableTask;

namespace FaceSwap.LocalHost.Durable.Execution;

/// <summary>Repeats a failed call as its options say, waiting on durable timers.</summary>
internal sealed class RetryLoop(TaskOrchestrationContext context)
{
    public Task<T> RunAsync<T>(TaskRetryOptions? retry, Func<Task<T>> attempt) => retry switch
    {
        { Policy: { } policy } => RunAsync(policy, attempt),
        { Handler: { } handler } => RunAsync(handler, attempt),
        _ => attempt(),
    };

    private async Task<T> RunAsync<T>(RetryPolicy policy, Func<Task<T>> attempt)
    {
        DateTime first = context.CurrentUtcDateTime;
        for (var failures = 1; ; failures++)
        {
            try
            {
                return await attempt();
            }
            catch (TaskFailedException failure) when (MayRetry(policy, failures, first, failure))
            {
            }

            await context.CreateTimer(context.CurrentUtcDateTime + Delay(policy, failures), CancellationToken.None);
        }
    }

    private async Task<T> RunAsync<T>(AsyncRetryHandler handler, Func<Task<T>> attempt)
    {
        DateTime first = context.CurrentUtcDateTime;
        for (var failures = 1; ; failures++)
        {
            try
            {
                return await attempt();
            }
            catch (TaskFailedException failure)
            {
                RetryContext facts = new(
                    context, failures, failure.FailureDetails, context.CurrentUtcDateTime - first, CancellationToken.None);
                if (!await handler(facts))
                {
                    throw;
                }
            }
        }
    }

    private bool MayRetry(RetryPolicy policy, int failures, DateTime first, TaskFailedException failure)
    {
        var timeLeft = policy.RetryTimeout == Timeout.InfiniteTimeSpan
            || context.CurrentUtcDateTime - first < policy.RetryTimeout;
        return failures < policy.MaxNumberOfAttempts && timeLeft && PlatformFailure.IsHandled(policy, failure);
    }

    private static TimeSpan Delay(RetryPolicy policy, int failures)
    {
        var delay = policy.FirstRetryInterval.TotalMilliseconds * Math.Pow(policy.BackoffCoefficient, failures - 1);
        var capped = policy.MaxRetryInterval != Timeout.InfiniteTimeSpan
            && delay > policy.MaxRetryInterval.TotalMilliseconds;
        return capped ? policy.MaxRetryInterval : TimeSpan.FromMilliseconds(delay);
    }
}
