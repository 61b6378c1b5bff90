using FaceSwap.Errors;
using FaceSwap.Functions.Activities;
using FaceSwap.Ledger;

namespace FaceSwap.Functions.Orchestrations;

/// <summary>Proves an edit by the session's state: it changed, and two reads in a row agree.</summary>
/// <remarks>Two reads, because the backend adds music, title and effects on its own after the raw video.</remarks>
internal static class Verification
{
    private const int MostReads = 60;

    /// <returns>False when as many reads as the policy says found the state as it was before the message.</returns>
    public static async Task<bool> IsAppliedAsync(JobRun run, string sessionId, SendReport report)
    {
        var policy = run.Policy;
        var wait = report.Kind == SendReportKind.Answered ? TimeSpan.Zero : policy.FirstReadAfter;
        var unchanged = 0;
        string? previous = null;
        for (var read = 0; read < MostReads; read++)
        {
            await run.WaitAsync(wait);
            var state = await ReadAsync(run, sessionId, report);
            if (!state.HasChanged)
            {
                if (++unchanged == policy.UnchangedReads)
                {
                    return false;
                }

                wait = unchanged == 1 && report.Kind == SendReportKind.Answered ? policy.FirstReadAfter : policy.NextReadAfter;
            }
            else if (state.IsExportable && state.Hash == previous)
            {
                return true;
            }
            else
            {
                wait = policy.SettleInterval;
            }

            previous = state.Hash;
        }

        throw new StepFailedException(JobError.Of(ErrorCodes.AmbiguousOutcome, "The session changed, but it never settled into something that can be exported."));
    }

    // A session that is lost after the message takes the proof with it; it must not be taken for one that was lost before.
    private static async Task<StateReading> ReadAsync(JobRun run, string sessionId, SendReport report)
    {
        try
        {
            return await run.CallAsync<StateReading>(nameof(ReadState), new ReadStateInput(run.Job.Id, sessionId, report.Baseline));
        }
        catch (StepFailedException failed) when (failed.Error.Code == ErrorCodes.SessionLost)
        {
            throw new StepFailedException(JobError.Of(ErrorCodes.AmbiguousOutcome, "The backend lost the session after the instruction was sent."));
        }
    }
}
