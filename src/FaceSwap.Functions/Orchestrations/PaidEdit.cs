using FaceSwap.Errors;
using FaceSwap.Functions.Activities;
using FaceSwap.Jobs;
using FaceSwap.Ledger;
using Microsoft.DurableTask;

namespace FaceSwap.Functions.Orchestrations;

/// <summary>The edit that is paid for: at most one message runs, and the session's state is the proof that it did.</summary>
internal static class PaidEdit
{
    private const int MostAttempts = 5;

    /// <summary>Applies the edit and returns the session that holds it, settled and ready for export.</summary>
    public static async Task<string> ApplyAsync(JobRun run, StagedPair media)
    {
        var sessionId = await Preparation.RunAsync(run, media);
        var resent = false;
        for (var attempt = 1; ; attempt++)
        {
            run.Enter(JobStage.Swapping);
            var report = await SendAsync(run, sessionId, attempt);
            if (report.Kind == SendReportKind.DidNotRun)
            {
                sessionId = await RecoverAsync(run, media, sessionId, report.Error!, attempt);
                continue;
            }

            run.Enter(JobStage.Verifying);
            if (await Verification.IsAppliedAsync(run, sessionId, report))
            {
                return sessionId;
            }

            await run.WaitUntilAsync(report.IntendedAt + run.Policy.SecondAttemptAfter);
            switch (await run.CallAsync<ResendVerdict>(nameof(JudgeResend), new JudgeResendInput(run.Job.Id, attempt)))
            {
                case ResendVerdict.Applied when await Verification.IsAppliedAsync(run, sessionId, report):
                    return sessionId;
                case ResendVerdict.Allowed when !resent:
                    resent = true;
                    break;
                case ResendVerdict.Allowed:
                    throw Failed(ErrorCodes.EditNotApplied, "The backend answered twice without changing the session, and charged nothing.");
                default:
                    throw Failed(ErrorCodes.AmbiguousOutcome, "The edit did not appear in the session, but it may have been charged.");
            }
        }
    }

    private static async Task<SendReport> SendAsync(JobRun run, string sessionId, int attempt)
    {
        var input = new SendInstructionInput(run.Job.Id, attempt, sessionId, run.Job.Instruction);
        for (var tries = 1; ; tries++)
        {
            StepResult<SendReport> result;
            try
            {
                result = await run.CallOnceAsync<SendReport>(nameof(SendInstruction), input);
            }
            catch (TaskFailedException)
            {
                // The step ended without a report: the worker died or a limit struck. The intent tells how far it came.
                return await run.CallAsync<SendReport>(nameof(ReviewIntent), input);
            }

            if (result.Error is not { } error)
            {
                return result.Value!;
            }

            // The step fails with an error only before it claims the intent: running it again cannot send twice.
            if (error.Code == ErrorCodes.SessionLost)
            {
                return new SendReport(SendReportKind.DidNotRun, "", default, Error: error);
            }

            if (!error.Retryable || tries == run.Policy.StepAttempts)
            {
                throw new StepFailedException(error);
            }

            await run.WaitAsync(error.RetryAfter ?? run.Policy.StepRetryDelay * tries);
        }
    }

    /// <summary>After a message that provably did not run: waits, or takes a new session, or gives up.</summary>
    private static async Task<string> RecoverAsync(JobRun run, StagedPair media, string sessionId, JobError error, int attempt)
    {
        if (attempt == MostAttempts)
        {
            throw new StepFailedException(error);
        }

        if (error.Code == ErrorCodes.SessionLost)
        {
            return await Preparation.RunAsync(run, media);
        }

        if (!error.Retryable)
        {
            throw new StepFailedException(error);
        }

        await run.WaitAsync(error.RetryAfter ?? (error.Code == ErrorCodes.TokenExpired ? TimeSpan.Zero : run.Policy.StepRetryDelay));
        return sessionId;
    }

    private static StepFailedException Failed(string code, string detail) => new(JobError.Of(code, detail));
}
