using Xunit;

namespace FaceSwap.Testing.Time;

/// <summary>Waits for a condition, with a deadline: the one place where tests wait for something they cannot be told of.</summary>
public static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(15);

    // A question that is asked of another process costs both of them: the longer a test waits, the less often it asks.
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>How long a test waits that names no deadline: the work of a killed host returns after a minute.</summary>
    public static TimeSpan DefaultDeadline { get; } = TimeSpan.FromMinutes(3);

    /// <summary>Waits until the condition holds; fails the test with what was awaited when it does not within the deadline.</summary>
    public static Task HoldsAsync(Func<bool> condition, string what, TimeSpan? deadline = null) =>
        GivesAsync(() => Task.FromResult(condition() ? what : null), what, deadline, _ => Interval);

    /// <inheritdoc cref="HoldsAsync(Func{bool}, string, TimeSpan?)"/>
    public static async Task HoldsAsync(Func<Task<bool>> condition, string what, TimeSpan? deadline = null) =>
        await GivesAsync(async () => await condition() ? what : null, what, deadline);

    /// <summary>Waits until the question is answered with something and returns that.</summary>
    public static Task<T> GivesAsync<T>(Func<Task<T?>> question, string what, TimeSpan? deadline = null)
        where T : class =>
        GivesAsync(question, what, deadline, waited => TimeSpan.FromTicks(Math.Clamp(waited.Ticks / 5, FirstPause.Ticks, LongestPause.Ticks)));

    private static async Task<T> GivesAsync<T>(Func<Task<T?>> question, string what, TimeSpan? deadline, Func<TimeSpan, TimeSpan> pause)
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

            var waited = TimeProvider.System.GetElapsedTime(started);
            if (waited > (deadline ?? DefaultDeadline))
            {
                Assert.Fail($"It never came about: {what}");
            }

            timer.Period = pause(waited);
            await timer.WaitForNextTickAsync();
        }
    }
}
