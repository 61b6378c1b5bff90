// API declaration, never shipped: compiled only where the package registry lacks the real Microsoft.DurableTask.Abstractions.
using System.ComponentModel;

namespace Microsoft.DurableTask;

/// <summary>Tries again after growing intervals, up to a number of attempts and a total time.</summary>
public class RetryPolicy
{
    private static readonly TimeSpan DefaultMaxRetryInterval = TimeSpan.FromHours(1);

    /// <param name="maxNumberOfAttempts">The first attempt included; at least 1.</param>
    /// <param name="firstRetryInterval">More than zero.</param>
    /// <param name="backoffCoefficient">At least 1: each interval is this many times the one before.</param>
    /// <param name="maxRetryInterval">At least the first interval, or infinite; one hour by default.</param>
    /// <param name="retryTimeout">At least the first interval, or infinite, which is the default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public RetryPolicy(
        int maxNumberOfAttempts,
        TimeSpan firstRetryInterval,
        double backoffCoefficient = 1.0,
        TimeSpan? maxRetryInterval = null,
        TimeSpan? retryTimeout = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxNumberOfAttempts);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(firstRetryInterval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(backoffCoefficient, 1.0);
        MaxNumberOfAttempts = maxNumberOfAttempts;
        FirstRetryInterval = firstRetryInterval;
        BackoffCoefficient = backoffCoefficient;
        MaxRetryInterval = AtLeastFirst(maxRetryInterval, nameof(maxRetryInterval)) ?? DefaultMaxRetryInterval;
        RetryTimeout = AtLeastFirst(retryTimeout, nameof(retryTimeout)) ?? Timeout.InfiniteTimeSpan;
    }

    public int MaxNumberOfAttempts { get; }

    public TimeSpan FirstRetryInterval { get; }

    public double BackoffCoefficient { get; }

    public TimeSpan MaxRetryInterval { get; }

    public TimeSpan RetryTimeout { get; }

    /// <summary>For engines: whether a failure is retried at all. Set through <see cref="HandleFailure"/>.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Func<Exception, bool> Handle { get; private init; } = static _ => true;

    [Obsolete("This functionality is not implemented. Will be removed in the future. Use TaskOptions.FromRetryHandler or HandleFailure instead.")]
    public Func<Exception, Task<bool>>? HandleAsync { get; set; }

    /// <summary>Decides by the failure's details; the limits of attempts and time hold in any case.</summary>
    public Func<TaskFailureDetails, bool> HandleFailure
    {
        init => Handle = exception => value(DetailsOf(exception));
    }

    private static TaskFailureDetails DetailsOf(Exception exception) =>
        (exception as TaskFailedException)?.FailureDetails
        ?? throw new InvalidOperationException($"A retry filter is asked about failed tasks only, not about {exception.GetType()}.");

    private TimeSpan? AtLeastFirst(TimeSpan? interval, string name) =>
        interval is null || interval == Timeout.InfiniteTimeSpan || interval >= FirstRetryInterval
            ? interval
            : throw new ArgumentOutOfRangeException(name, interval, "Shorter than the first retry interval.");
}
