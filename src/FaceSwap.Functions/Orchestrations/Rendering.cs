using FaceSwap.Errors;
using FaceSwap.Functions.Activities;
using FaceSwap.NemoVideo.Renders;
using Microsoft.DurableTask;

namespace FaceSwap.Functions.Orchestrations;

/// <summary>Has the session rendered: under an id derived from the job, polled on durable timers, a second time only if the first failed.</summary>
internal static class Rendering
{
    private const int MostRenders = 2;

    public static async Task<FinishedRender> RunAsync(JobRun run, string sessionId)
    {
        for (var attempt = 1; ; attempt++)
        {
            var renderId = $"render_{run.Job.Id}_{attempt}";
            var reading = await FollowAsync(run, sessionId, renderId);
            if (reading.Status == RenderStatus.Completed)
            {
                return new FinishedRender(renderId, reading.Address);
            }

            if (attempt == MostRenders)
            {
                throw new StepFailedException(JobError.Of(ErrorCodes.RenderFailed, "The backend reported the render as failed twice."));
            }
        }
    }

    /// <summary>Follows a render to its end. When the job leaves it before, the render is cancelled: none is left behind.</summary>
    private static async Task<RenderReading> FollowAsync(JobRun run, string sessionId, string renderId)
    {
        try
        {
            await run.CallAsync<bool>(nameof(SubmitRender), new SubmitRenderInput(run.Job.Id, sessionId, renderId));
            return await PollAsync(run, renderId);
        }
        catch (Exception e) when (e is StepFailedException or TaskFailedException)
        {
            await run.CallAtEndAsync(nameof(CancelRender), new RenderInput(renderId));
            throw;
        }
    }

    private static async Task<RenderReading> PollAsync(JobRun run, string renderId)
    {
        for (var poll = 0; poll < run.Policy.RenderPolls; poll++)
        {
            await run.WaitAsync(run.Policy.RenderPollInterval);
            var reading = await run.CallAsync<RenderReading>(nameof(PollRender), new RenderInput(renderId));
            if (reading.Status is RenderStatus.Completed or RenderStatus.Failed)
            {
                return reading;
            }
        }

        throw new StepFailedException(JobError.Of(ErrorCodes.RenderTimedOut, $"The render was not finished after {run.Policy.RenderPolls} polls."));
    }
}
