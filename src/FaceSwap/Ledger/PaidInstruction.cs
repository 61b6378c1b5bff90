using FaceSwap.Conversation;
using FaceSwap.Errors;
using FaceSwap.Jobs;
using FaceSwap.NemoVideo;
using FaceSwap.NemoVideo.Credits;
using FaceSwap.NemoVideo.Messages;
using FaceSwap.NemoVideo.Sessions;
using FaceSwap.NemoVideo.Tokens;
using FaceSwap.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FaceSwap.Ledger;

/// <summary>The step that costs money: claim an intent, send the message once, follow its reply.</summary>
/// <remarks>
/// The platform runs an activity at least once and does not tell a second run from the first. The intent does: who finds
/// it already there sends nothing and leaves the verdict to the session's state.
/// </remarks>
public sealed partial class PaidInstruction(
    SwapLedger ledger,
    SessionClaims claims,
    NemoSessions sessions,
    NemoCredits credits,
    CreditReservations reservations,
    StreamSlots slots,
    JobDocuments documents,
    NemoTokens tokens,
    NemoMessages messages,
    ReplyFollower follower,
    IOptions<JobOptions> options,
    IOptions<NemoOptions> nemo,
    TimeProvider time,
    ILogger<PaidInstruction> logger)
{
    /// <summary>Sends the message of an attempt, unless a run of it claimed it before, or what an earlier attempt may have done has come to light.</summary>
    /// <param name="jobId">The job that pays.</param>
    /// <param name="attempt">Which message of the job this is, from 1.</param>
    /// <param name="sessionId">The session it goes to.</param>
    /// <param name="instruction">What it says.</param>
    /// <param name="inDoubt">Whether it goes out although an earlier one may have been charged.</param>
    /// <param name="isOfBatch">Whether the job is an item of a batch.</param>
    /// <param name="cancellationToken">Ends the step, not the message.</param>
    /// <exception cref="FaceSwapException">Nothing was sent.</exception>
    public async Task<SendReport> SendOnceAsync(
        string jobId, int attempt, string sessionId, string instruction, bool inDoubt, bool isOfBatch, CancellationToken cancellationToken)
    {
        if (await ledger.FindAsync(jobId, attempt, cancellationToken) is { } earlier)
        {
            await reservations.ReleaseAsync(earlier.Account, jobId);
            return Earlier(earlier);
        }

        if ((await claims.ReadAsync(sessionId, cancellationToken)).Claim is { } claim && claim.JobId != jobId)
        {
            throw new FaceSwapException(ErrorCodes.SessionBusy, $"The job {claim.JobId} took this session over.");
        }

        using var slot = slots.Take(isOfBatch);
        var token = await tokens.GetAsync(cancellationToken);
        var state = await sessions.ReadStateAsync(sessionId, cancellationToken);
        var unproven = await ledger.FindUnprovenAsync(jobId, attempt, cancellationToken);
        if (unproven is not null)
        {
            // Where the session was lost in between, the credits alone tell.
            if (unproven.SessionId == sessionId && unproven.Baseline != state.Hash)
            {
                return await LeaveToEarlierAsync(unproven, attempt, cancellationToken);
            }

            ThrowIfCharged(unproven, token, await credits.ReadAsync(cancellationToken), inDoubt);
        }

        await documents.KeepBaselineAsync(jobId, state.Draft, cancellationToken);

        // The credits come last: what the intent says of them is to hold at the moment it is made.
        var balance = await reservations.ReserveAsync(token, jobId, cancellationToken);
        var intent = Intent(jobId, attempt, sessionId, token, state.Hash, balance);
        using var limit = new CancellationTokenSource(options.Value.StreamLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        NemoReply sent;
        try
        {
            ThrowIfCharged(unproven, token, balance, inDoubt);
            if (!await ledger.TryClaimAsync(intent, cancellationToken))
            {
                return Earlier((await ledger.FindAsync(jobId, attempt, cancellationToken))!);
            }

            sent = await messages.SendAsync(token, sessionId, instruction, intent.SendBy, either.Token);
        }
        finally
        {
            await reservations.ReleaseAsync(token.Account, jobId);
        }

        using var reply = sent;
        switch (reply.Kind)
        {
            case NemoReplyKind.Streaming:
                var followed = await follower.FollowAsync(jobId, reply, either.Token);
                return Report(followed.IsComplete ? SendReportKind.Replied : SendReportKind.Uncertain, intent) with { Reply = TextOf(followed) };
            case NemoReplyKind.DidNotRun:
                return await DidNotRunAsync(intent, token, reply.Error!, cancellationToken);
            default:
                Log.OutcomeUnknown(logger, jobId, attempt);
                return Report(SendReportKind.Uncertain, intent);
        }
    }

    /// <summary>
    /// What is known about an attempt whose step failed without a report. Where there is no intent, a void one is
    /// made, so that a run that still lingers somewhere cannot send after this verdict.
    /// </summary>
    public async Task<SendReport> ReviewAsync(string jobId, int attempt, string sessionId, CancellationToken cancellationToken)
    {
        if (await ledger.FindAsync(jobId, attempt, cancellationToken) is { } earlier)
        {
            return Earlier(earlier);
        }

        var now = time.GetUtcNow();
        var why = JobError.Of(ErrorCodes.NotSent, "The step ended before the message was sent.");
        var voided = new SwapIntent(
            jobId, attempt, sessionId, "none", "", 0, 0, now, now, why, Nonce: Guid.CreateVersion7(now).ToString());
        return await ledger.TryClaimAsync(voided, cancellationToken)
            ? Report(SendReportKind.DidNotRun, voided) with { Error = why }
            : Earlier((await ledger.FindAsync(jobId, attempt, cancellationToken))!);
    }

    private static void ThrowIfCharged(SwapIntent? unproven, NemoToken token, NemoBalance balance, bool inDoubt)
    {
        if (!inDoubt && unproven?.LeftCreditsAsTheyWere(token, balance) == false)
        {
            throw new FaceSwapException(
                ErrorCodes.AmbiguousOutcome, "The edit did not appear in the session, but the credits changed before it could be sent again.");
        }
    }

    // The earlier message shows in the session: this attempt is void, for every run of it, and the earlier one is looked for.
    private async Task<SendReport> LeaveToEarlierAsync(SwapIntent earlier, int attempt, CancellationToken cancellationToken)
    {
        var review = await ReviewAsync(earlier.JobId, attempt, earlier.SessionId, cancellationToken);
        return review.Kind == SendReportKind.DidNotRun ? Report(SendReportKind.Uncertain, earlier) : review;
    }

    private SwapIntent Intent(string jobId, int attempt, string sessionId, NemoToken token, string baseline, NemoBalance balance)
    {
        var now = time.GetUtcNow();
        return new SwapIntent(
            jobId, attempt, sessionId, token.Account, baseline, balance.Available, balance.Frozen, now, now + options.Value.SendWindow,
            Token: token.Fingerprint, Nonce: Guid.CreateVersion7(now).ToString());
    }

    private async Task<SendReport> DidNotRunAsync(SwapIntent intent, NemoToken token, JobError error, CancellationToken cancellationToken)
    {
        if (error.Code == ErrorCodes.InsufficientCredits)
        {
            error = error with { Remedy = NemoRemedies.TopUp(token, nemo.Value) };
        }

        // The job's history keeps the report; the ledger serves a run that would come after a crash.
        await BestEffort.TryAsync(within => ledger.VoidAsync(intent, error, within), time, cancellationToken);
        if (error.Code == ErrorCodes.TokenExpired)
        {
            await tokens.RenewAsync(token, cancellationToken);
        }

        Log.DidNotRun(logger, intent.JobId, intent.Attempt, error.Code);
        return Report(SendReportKind.DidNotRun, intent) with { Error = error };
    }

    private SendReport Earlier(SwapIntent intent)
    {
        if (intent.VoidedBy is { } why)
        {
            return Report(SendReportKind.DidNotRun, intent) with { Error = why };
        }

        Log.SendAvoided(logger, intent.JobId, intent.Attempt);
        return Report(SendReportKind.Uncertain, intent);
    }

    private static string? TextOf(FollowedReply reply) => AgentTextTranslator.Translate(reply.Text) is { Length: > 0 } text ? text : null;

    private static SendReport Report(SendReportKind kind, SwapIntent intent) => new(kind, intent.Baseline, intent.CreatedAt);

    private static partial class Log
    {
        [LoggerMessage(1001, LogLevel.Information, "Job {JobId}: the message of attempt {Attempt} was claimed before and is not sent again; the session's state decides.")]
        public static partial void SendAvoided(ILogger logger, string jobId, int attempt);

        [LoggerMessage(1002, LogLevel.Information, "Job {JobId}: the message of attempt {Attempt} did not run ({Code}).")]
        public static partial void DidNotRun(ILogger logger, string jobId, int attempt, string code);

        [LoggerMessage(1003, LogLevel.Information, "Job {JobId}: it is not known whether the message of attempt {Attempt} runs; the session's state decides.")]
        public static partial void OutcomeUnknown(ILogger logger, string jobId, int attempt);
    }
}
