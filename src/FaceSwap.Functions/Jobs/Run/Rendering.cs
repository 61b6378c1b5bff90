using FaceSwap.Errors;
using FaceSwap.NemoVideo.Renders;

namespace FaceSwap.Functions.Jobs.Run;

/// <summary>Has the session rendered: under an id derived from the job, polled on durable timers, a second time only if the first failed.</summary>
internal static class Rendering
{
    private const int MostRenders = 2;

    public static async Task<FinishedRender> RunAsync(JobRun run, string sessionId)
    {
        for (var attempt = 1; attempt <= MostRenders; attempt++)
        {
            if (await FollowAsync(run, sessionId, $"render_{run.Job.Id}_{attempt}") is { } finished)
            {
                return finished;
            }
        }

        throw new StepFailedException(JobError.Of(ErrorCodes.RenderFailed, "The backend reported the render as failed twice."));
    }

    /// <summary>Cancels the render that the job left, if it left one: tried for hours, when everybody knows how the job ended.</summary>
    public static async Task CleanUpAsync(JobRun run)
    {
        if (run.AbandonedRender is not { } renderId)
        {
            return;
        }

        try
        {
            await run.CallAtEndAsync<bool>(nameof(RenderSteps.CancelRender), new RenderInput(renderId));
        }
        catch (Exception e) when (e is StepFailedException or TaskFailedException)
        {
            // Refused for good, or the backend was away for hours: the render ends by itself.
        }
    }

    /// <summary>Follows a render to its end; null when it failed. When the job leaves it before, it is cancelled after the job's end.</summary>
    private static async Task<FinishedRender?> FollowAsync(JobRun run, string sessionId, string renderId)
    {
        try
        {
            var ticket = await run.CallAsync<RenderTicket>(nameof(RenderSteps.SubmitRender), new SubmitRenderInput(run.Job.Id, sessionId, renderId));
            return await PollAsync(run, renderId, Plan(run, ticket));
        }
        catch (Exception e) when (e is StepFailedException or TaskFailedException)
        {
            run.AbandonedRender = renderId;
            throw;
        }
    }

    private static async Task<FinishedRender?> PollAsync(JobRun run, string renderId, RenderPollPlan plan)
    {
        var elapsed = TimeSpan.Zero;
        int? progress = null;
        for (var poll = 0; poll < run.Policy.RenderPolls; poll++)
        {
            var wait = plan.Next(elapsed, progress);
            await run.PauseAsync(wait);
            elapsed += wait;

            // What has been rendered by then is not dropped.
            var reading = await run.CallToTheLastAsync<RenderReading>(nameof(RenderSteps.PollRender), new RenderInput(renderId));
            switch (reading.Status)
            {
                case RenderStatus.Completed:
                    // It ended somewhere between the last two polls; half of the wait is the best guess.
                    return new FinishedRender(renderId, reading.Address, reading.Duration ?? elapsed - (wait / 2));
                case RenderStatus.Failed:
                    return null;
                default:
                    progress = reading.Progress;
                    break;
            }

            run.ThrowIfOver();
        }

        throw new StepFailedException(JobError.Of(ErrorCodes.RenderTimedOut, $"The render was not finished after {run.Policy.RenderPolls} polls."));
    }

    private static RenderPollPlan Plan(JobRun run, RenderTicket ticket)
    {
        var policy = run.Policy;
        var usual = RenderTimes.Between(policy.RenderShortest, policy.RenderLongest);
        return new RenderPollPlan(RenderTimes.Of(ticket.Observed, usual), policy.PollShortest, policy.PollLongest);
    }
}
