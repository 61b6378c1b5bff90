namespace NemoVideo.Simulator.Scenarios;

/// <summary>How long each phase takes, in milliseconds.</summary>
internal static class Pace
{
    /// <summary>For tests: the whole job within half a second.</summary>
    public static IReadOnlyDictionary<Phase, int> Fast { get; } = new Dictionary<Phase, int>
    {
        [Phase.Latency] = 0,
        [Phase.Text] = 5,
        [Phase.Heartbeat] = 20,
        [Phase.Generation] = 60,
        [Phase.SecondStage] = 30,
        [Phase.RenderQueue] = 20,
        [Phase.Render] = 60,
    };

    /// <summary>For people: every stage lasts long enough to be seen.</summary>
    public static IReadOnlyDictionary<Phase, int> Natural { get; } = new Dictionary<Phase, int>
    {
        [Phase.Latency] = 150,
        [Phase.Text] = 250,
        [Phase.Heartbeat] = 1_000,
        [Phase.Generation] = 5_000,
        [Phase.SecondStage] = 2_000,
        [Phase.RenderQueue] = 1_000,
        [Phase.Render] = 5_000,
    };
}
