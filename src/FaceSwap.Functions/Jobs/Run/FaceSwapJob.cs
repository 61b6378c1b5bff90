using FaceSwap.Errors;
using FaceSwap.Functions.Edge.Durable;
using FaceSwap.Jobs;
using FaceSwap.Media;

namespace FaceSwap.Functions.Jobs.Run;

/// <summary>The life of a job, from its media to its webhook.</summary>
public static class FaceSwapJob
{
    [Function(Orchestrators.FaceSwapJob)]
    public static async Task<JobOutcome> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, FaceSwapJobInput input)
    {
        var job = input.Job;
        var run = new JobRun(context, job);
        var trace = new JobTrace();
        run.Enter(FirstStage(job));
        var startIsTold = run.TellStartAsync(input.Webhooks);
        var outcome = await SwapAsync(run, trace) with { Edit = trace.Edit, Session = run.Session };
        run.End(outcome);

        await run.TryAtEndAsync(nameof(EndSteps.RecordJob), new RecordJobInput(job, outcome, trace, run.Timeline));
        await run.TellEndAsync(input.Webhooks);
        await Rendering.CleanUpAsync(run);
        if (trace.Media is null && job.Continues is null)
        {
            await run.TryAtEndAsync(nameof(MediaSteps.DiscardMedia), job.Id);
        }

        await startIsTold;
        return outcome;
    }

    private static JobStage FirstStage(JobInput job) =>
        job.Continues is null ? JobStage.Staging : job.Instruction is null ? JobStage.Rendering : JobStage.Swapping;

    private static async Task<JobOutcome> SwapAsync(JobRun run, JobTrace trace)
    {
        var job = run.Job;
        try
        {
            if (job.Continues is null)
            {
                trace.Media = await StageAsync(run);
            }

            var session = new EditingSession(run, trace.Media);
            await session.PrepareAsync();
            trace.Edit = job.Instruction is { } instruction
                ? await PaidEdit.ApplyAsync(run, session, instruction)
                : await Verification.ReadSettledAsync(run, session.Id);

            run.Enter(JobStage.Rendering);
            var render = await Rendering.RunAsync(run, session.Id);
            trace.RenderId = render.Id;

            run.Enter(JobStage.Storing);
            var result = await run.CallAtEndAsync<StagedMedia>(nameof(RenderSteps.StoreResult), new StoreResultInput(job.Id, render));
            return new JobOutcome(JobStage.Completed, result, null);
        }
        catch (StepFailedException failed)
        {
            return Failure(run, failed.Error);
        }
        catch (TaskFailedException)
        {
            return Failure(run, JobRun.Unforeseen);
        }
    }

    // Side by side, and each tried again for itself: a face that cannot be had does not fetch a large video twice.
    private static async Task<StagedFiles> StageAsync(JobRun run)
    {
        var staged = await Task.WhenAll(run.Job.Media.Select(media =>
            run.CallAsync<StagedMedia>(nameof(MediaSteps.StageMedia), new StageMediaInput(run.Job.Id, media.Role, media.Source))));
        var own = run.Job.Audio is null ? 2 : 3;
        return new StagedFiles(staged[0], staged[1], own > 2 ? staged[2] : null, run.Job.More is null ? null : staged[own..]);
    }

    private static JobOutcome Failure(JobRun run, JobError cause)
    {
        var error = run.Payment.Tell(cause, run.Job);
        var end = cause.Code == ErrorCodes.Cancelled ? JobStage.Cancelled
            : error.Code == ErrorCodes.DeadlineExceeded ? JobStage.Expired
            : JobStage.Failed;
        return new JobOutcome(end, null, error);
    }
}
