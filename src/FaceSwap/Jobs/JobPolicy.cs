namespace FaceSwap.Jobs;

/// <summary>
/// The intervals and limits a job runs under: <see cref="JobOptions"/> as they stood when the job was accepted.
/// They travel in the instance's input because an orchestrator that read settings would replay differently after a change.
/// </summary>
public sealed record JobPolicy(
    TimeSpan Deadline,
    TimeSpan StepRetryDelay,
    int StepAttempts,
    TimeSpan FirstReadAfter,
    TimeSpan NextReadAfter,
    int UnchangedReads,
    TimeSpan SettleInterval,
    TimeSpan SecondAttemptAfter,
    TimeSpan RenderShortest,
    TimeSpan RenderLongest,
    TimeSpan PollShortest,
    TimeSpan PollLongest,
    int RenderPolls)
{
    public static JobPolicy From(JobOptions options) => new(
        options.Deadline,
        options.StepRetryDelay,
        options.StepAttempts,
        options.FirstReadAfter,
        options.NextReadAfter,
        options.UnchangedReads,
        options.SettleInterval,
        options.SecondAttemptAfter,
        options.RenderShortest,
        options.RenderLongest,
        options.PollShortest,
        options.PollLongest,
        options.RenderPolls);
}
