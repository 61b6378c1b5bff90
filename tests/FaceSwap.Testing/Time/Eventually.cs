using FaceSwap.Testing.Host;
using Xunit;

namespace FaceSwap.Testing.Time;

/// <summary>Waits for a condition, with a deadline: the one place where tests wait for something they cannot be told of.</summary>
public static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(15);

    /// <summary>How long a test waits that names no deadline: longer where the work of a killed host comes back after a minute only.</summary>
    public static TimeSpan DefaultDeadline { get; } = HostKinds.Chosen == HostKind.Local ? TimeSpan.FromMinutes(1) : TimeSpan.FromMinutes(3);

    /// <summary>Waits until the condition holds; fails the test with what was awaited when it does not within the deadline.</summary>
    public static Task HoldsAsync(Func<bool> condition, string what, TimeSpan? deadline = null) =>
        HoldsAsync(() => Task.FromResult(condition()), what, deadline);

    /// <inheritdoc cref="HoldsAsync(Func{bool}, string, TimeSpan?)"/>
    public static async Task HoldsAsync(Func<Task<bool>> condition, string what, TimeSpan? deadline = null) =>
        await GivesAsync(async () => await condition() ? what : null, what, deadline);

    /// <summary>Waits until the question is answered with something and returns that.</summary>
    public static async Task<T> GivesAsync<T>(Func<Task<T?>> question, string what, TimeSpan? deadline = null)
        where T : class
    {
        var started = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(Interval);
        while (true)
        {
            if (await question() is { } answer)
            {
                return answer;
            }

            if (TimeProvider.System.GetElapsedTime(started) > (deadline ?? DefaultDeadline))
            {
                Assert.Fail($"It never came about: {what}");
            }

            await timer.WaitForNextTickAsync();
        }
    }
}
