using FaceSwap.Errors;
using FaceSwap.Jobs;
using FaceSwap.Ledger;

namespace FaceSwap.Functions.Jobs.Run;

/// <summary>Proves an edit by the session's state: it changed, and two reads in a row agree.</summary>
/// <remarks>Two reads, because the backend adds music, title and effects on its own after the raw video.</remarks>
internal static class Verification
{
    private const int MostReads = 60;

    /// <summary>Looks for the edit of a message.</summary>
    /// <returns>Null when as many reads as the policy says found the state as it was before the message.</returns>
    public static async Task<JobEdit?> FindAsync(JobRun run, string sessionId, SendReport report, int attempt)
    {
        var policy = run.Policy;
        var wait = report.Kind == SendReportKind.Replied ? TimeSpan.Zero : policy.FirstReadAfter;
        var unchanged = 0;
        string? previous = null;
        for (var read = 0; read < MostReads; read++)
        {
            await run.PauseAsync(wait);
            var state = await ReadAsync(run, new ReadStateInput(run.Job.Id, sessionId, report.Baseline, previous, attempt));
            if (state.Settled is { } edit)
            {
                run.Payment = EditPayment.Proven;
                return edit with { Reply = report.Reply };
            }

            run.ThrowIfOver();

            if (state.HasChanged)
            {
                wait = policy.SettleInterval;
            }
            else
            {
                if (++unchanged == policy.UnchangedReads)
                {
                    return null;
                }

                wait = unchanged == 1 && report.Kind == SendReportKind.Replied ? policy.FirstReadAfter : policy.NextReadAfter;
            }

            previous = state.Hash;
        }

        throw new StepFailedException(JobError.Of(ErrorCodes.AmbiguousOutcome, "The session changed, but it never settled into something that can be exported."));
    }

    // When the job is over there is one more look, and a second where the first found a change: whether money was spent is not left
    // unproven for want of it.
    private static async Task<StateReading> ReadAsync(JobRun run, ReadStateInput input)
    {
        var reading = await run.CallToTheLastAsync<StateReading>(nameof(EditSteps.ReadState), input);
        if (!run.IsOver || reading is not { HasChanged: true, Settled: null })
        {
            return reading;
        }

        await run.WaitBeyondEndAsync(run.Policy.SettleInterval);
        return await run.TryOnceAsync<StateReading>(nameof(EditSteps.ReadState), input with { Previous = reading.Hash }) ?? reading;
    }

    /// <summary>Reads a session that is to be rendered as it stands, without a message.</summary>
    public static async Task<JobEdit> ReadSettledAsync(JobRun run, string sessionId) =>
        (await FindAsync(run, sessionId, new SendReport(SendReportKind.Replied, "", default), attempt: 0))!;
}
