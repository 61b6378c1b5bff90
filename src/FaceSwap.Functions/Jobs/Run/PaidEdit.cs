using FaceSwap.Errors;
using FaceSwap.Jobs;
using FaceSwap.Ledger;

namespace FaceSwap.Functions.Jobs.Run;

/// <summary>The edit that is paid for: at most one message runs, and the session's state is the proof that it did.</summary>
internal static class PaidEdit
{
    private const int MostAttempts = 5;
    private const int LongestQuote = 300;

    /// <summary>Applies the edit; afterwards the session holds it, settled and ready for export.</summary>
    public static async Task<JobEdit> ApplyAsync(JobRun run, EditingSession session, string instruction)
    {
        var (resent, inDoubt) = (false, false);
        for (var attempt = 1; ; attempt++)
        {
            run.Enter(JobStage.Swapping);
            var report = await SendAsync(run, new SendInstructionInput(run.Job.Id, attempt, session.Id, instruction, inDoubt, run.Job.Batch is not null));
            if (report.Kind == SendReportKind.DidNotRun)
            {
                await RecoverAsync(run, session, report.Error!, attempt);
                continue;
            }

            run.Enter(JobStage.Verifying);
            if (await Verification.FindAsync(run, session.Id, report, attempt) is { } edit)
            {
                return edit;
            }

            switch (await JudgeAsync(run, report, attempt))
            {
                case ResendVerdict.Applied when await Verification.FindAsync(run, session.Id, report, attempt) is { } late:
                    return late;
                case ResendVerdict.Allowed when !resent:
                    run.Payment = EditPayment.None;
                    resent = true;
                    break;
                case ResendVerdict.Allowed when !inDoubt:
                    run.Payment = EditPayment.None;
                    throw Failed(ErrorCodes.EditNotApplied, NotApplied(report));
                case ResendVerdict.Ambiguous when !resent && run.Job.OnUnknownOutcome == UnknownOutcome.Resend:
                    (resent, inDoubt) = (true, true);
                    break;
                default:
                    throw Failed(ErrorCodes.AmbiguousOutcome, "The edit did not appear in the session, but it may have been charged.");
            }
        }
    }

    // When the job is over the judge is not asked any more: nothing will be sent. Whether the edit is there is looked at all the same.
    private static async Task<ResendVerdict> JudgeAsync(JobRun run, SendReport report, int attempt)
    {
        await run.PauseUntilAsync(report.IntendedAt + run.Policy.SecondAttemptAfter);
        if (run.IsOver)
        {
            return ResendVerdict.Applied;
        }

        try
        {
            return await run.CallAsync<ResendVerdict>(nameof(EditSteps.JudgeResend), new JudgeResendInput(run.Job.Id, attempt));
        }
        catch (StepFailedException) when (run.IsOver)
        {
            return ResendVerdict.Applied;
        }
    }

    private static string NotApplied(SendReport report) => report.Reply is { } said
        ? $"Two messages left the session unchanged, and nothing was charged. The backend said: {(said.Length > LongestQuote ? $"{said[..LongestQuote]}…" : said)}"
        : "Two messages left the session unchanged, and nothing was charged.";

    private static async Task<SendReport> SendAsync(JobRun run, SendInstructionInput input)
    {
        JobError error;
        for (var tries = 1; ; tries++)
        {
            StepResult<SendReport> result;
            try
            {
                result = await run.PayAsync<SendReport>(nameof(EditSteps.SendInstruction), input);
            }
            catch (TaskFailedException)
            {
                // The step ended without a report: the worker died or a limit struck. The intent tells how far it came.
                return Settle(run, await ReviewAsync(run, input));
            }

            if (result.Error is null)
            {
                return Settle(run, result.Value!);
            }

            // A run that ended with an error can be repeated: the next one finds the intent, if it came so far.
            error = result.Error;
            if (!error.Retryable || run.HasTriedEnough(error, tries))
            {
                break;
            }

            await run.PauseToRetryAsync(error, tries);
            if (run.IsOver)
            {
                error = run.WhyOver;
                break;
            }

            run.TakeBackPayment();
        }

        // Activities run at least once: another run of this one may linger and claim the intent yet. The review forbids it.
        var report = Settle(run, await ReviewAsync(run, input));
        return report.Kind != SendReportKind.DidNotRun ? report
            : error.Code == ErrorCodes.SessionLost ? report with { Error = error }
            : throw new StepFailedException(error);
    }

    private static Task<SendReport> ReviewAsync(JobRun run, SendInstructionInput input) =>
        run.CallToTheLastAsync<SendReport>(nameof(EditSteps.ReviewIntent), input);

    private static SendReport Settle(JobRun run, SendReport report)
    {
        if (report.Kind == SendReportKind.DidNotRun)
        {
            run.TakeBackPayment();
        }

        return report;
    }

    /// <summary>After a message that provably did not run: waits, or takes a new session, or gives up.</summary>
    private static async Task RecoverAsync(JobRun run, EditingSession session, JobError error, int attempt)
    {
        if (attempt >= MostAttempts || (!error.Retryable && error.Code != ErrorCodes.SessionLost))
        {
            throw new StepFailedException(error);
        }

        if (error.Code == ErrorCodes.SessionLost)
        {
            await session.PrepareAsync();
        }
        else if (error.Code != ErrorCodes.TokenExpired || attempt > 1)
        {
            // A token that was renewed is good at once; one that keeps expiring is waited for like everything else.
            await run.WaitAsync(error.RetryAfter ?? run.Policy.StepRetryDelay);
        }
    }

    private static StepFailedException Failed(string code, string detail) => new(JobError.Of(code, detail));
}
