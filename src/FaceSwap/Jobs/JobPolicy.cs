namespace FaceSwap.Jobs;

/// <summary>
/// The intervals and limits a job runs under: <see cref="JobOptions"/> as they stood when the job was accepted.
/// They travel in the instance's input because an orchestrator that read settings would replay differently after a change.
/// </summary>
/// <remarks>No positional record: what a deployment adds has its default, and not zero, in the jobs that are under way.</remarks>
public sealed record JobPolicy
{
    private static readonly JobOptions Defaults = new();

    public TimeSpan Deadline { get; init; } = Defaults.Deadline;

    public TimeSpan StepRetryDelay { get; init; } = Defaults.StepRetryDelay;

    public int StepAttempts { get; init; } = Defaults.StepAttempts;

    public TimeSpan FirstReadAfter { get; init; } = Defaults.FirstReadAfter;

    public TimeSpan NextReadAfter { get; init; } = Defaults.NextReadAfter;

    public int UnchangedReads { get; init; } = Defaults.UnchangedReads;

    public TimeSpan SettleInterval { get; init; } = Defaults.SettleInterval;

    public TimeSpan SecondAttemptAfter { get; init; } = Defaults.SecondAttemptAfter;

    public TimeSpan RenderShortest { get; init; } = Defaults.RenderShortest;

    public TimeSpan RenderLongest { get; init; } = Defaults.RenderLongest;

    public TimeSpan PollShortest { get; init; } = Defaults.PollShortest;

    public TimeSpan PollLongest { get; init; } = Defaults.PollLongest;

    public int RenderPolls { get; init; } = Defaults.RenderPolls;

    /// <param name="options">As they stand.</param>
    /// <param name="deadline">The deadline that the caller chose; null: the app's.</param>
    public static JobPolicy From(JobOptions options, TimeSpan? deadline = null) => new()
    {
        Deadline = deadline ?? options.Deadline,
        StepRetryDelay = options.StepRetryDelay,
        StepAttempts = options.StepAttempts,
        FirstReadAfter = options.FirstReadAfter,
        NextReadAfter = options.NextReadAfter,
        UnchangedReads = options.UnchangedReads,
        SettleInterval = options.SettleInterval,
        SecondAttemptAfter = options.SecondAttemptAfter,
        RenderShortest = options.RenderShortest,
        RenderLongest = options.RenderLongest,
        PollShortest = options.PollShortest,
        PollLongest = options.PollLongest,
        RenderPolls = options.RenderPolls,
    };
}
