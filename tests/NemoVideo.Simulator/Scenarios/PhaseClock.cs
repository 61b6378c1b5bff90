using Microsoft.Extensions.Options;

namespace NemoVideo.Simulator.Scenarios;

/// <summary>Lets the phases take their time.</summary>
internal sealed class PhaseClock(IOptions<SimulatorOptions> options, TimeProvider time)
{
    private readonly IReadOnlyDictionary<Phase, int> pace = options.Value.Profile == Profile.Natural ? Pace.Natural : Pace.Fast;

    public TimeSpan Length(Scenario scenario, Phase phase) => TimeSpan.FromMilliseconds(
        scenario.Timings.TryGetValue(phase, out var chosen) ? chosen
        : options.Value.Timings.TryGetValue(phase, out var configured) ? configured
        : pace[phase]);

    public Task WaitAsync(Scenario scenario, Phase phase, CancellationToken cancellationToken) =>
        WaitAsync(Length(scenario, phase), cancellationToken);

    public Task WaitAsync(TimeSpan length, CancellationToken cancellationToken) =>
        length <= TimeSpan.Zero ? Task.CompletedTask : Task.Delay(length, time, cancellationToken);

    /// <summary>Ends only with the token.</summary>
    public Task ForeverAsync(CancellationToken cancellationToken) => Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
}
