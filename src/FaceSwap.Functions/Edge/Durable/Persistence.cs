namespace FaceSwap.Functions.Edge.Durable;

/// <summary>How steps are called that an outage must not cost.</summary>
internal static class Persistence
{
    /// <summary>Tried again for about a day.</summary>
    public static TaskOptions ForADay { get; } = TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: 300, firstRetryInterval: TimeSpan.FromSeconds(5), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromMinutes(5)));
}
