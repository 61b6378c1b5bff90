using FaceSwap.Errors;
using FaceSwap.Functions.Edge.Durable;
using FaceSwap.Jobs;
using FaceSwap.Ledger;
using FaceSwap.NemoVideo.Drafts;
using FaceSwap.NemoVideo.Sessions;

namespace FaceSwap.Functions.Jobs.Run;

/// <summary>The session at the backend, and the edit that is paid for in it.</summary>
public sealed class EditSteps(
    NemoSessions sessions, CreditReservations reservations, StepEdge edge, PaidInstruction instruction, JobDocuments documents, SpentCredits spent, ResendJudge judge)
{
    /// <summary>Opens a session at the backend, named after the job, if the account can pay for an edit.</summary>
    [Function(nameof(Connect))]
    public Task<StepResult<NemoSession>> Connect([ActivityTrigger] ConnectInput input, CancellationToken cancellationToken) =>
        edge.RunAsync(
            async token =>
            {
                await reservations.CheckAsync(token);
                return await sessions.OpenAsync(input.JobId, input.Language, token);
            },
            cancellationToken);

    /// <summary>Sends the instruction that is paid for, once, and follows the stream of its answer.</summary>
    [Function(nameof(SendInstruction))]
    public Task<StepResult<SendReport>> SendInstruction([ActivityTrigger] SendInstructionInput input, CancellationToken cancellationToken) =>
        edge.RunAsync(input.JobId, token => instruction.SendOnceAsync(input.JobId, input.Attempt, input.SessionId, input.Instruction, input.InDoubt, input.IsOfBatch, token), cancellationToken);

    /// <summary>Reads the session's state and keeps a changed draft as bytes: no value of an activity could carry it unaltered.</summary>
    [Function(nameof(ReadState))]
    public Task<StepResult<StateReading>> ReadState([ActivityTrigger] ReadStateInput input, CancellationToken cancellationToken) =>
        edge.RunAsync(token => ReadAsync(input, token), cancellationToken);

    private async Task<StateReading> ReadAsync(ReadStateInput input, CancellationToken cancellationToken)
    {
        var state = await sessions.ReadStateAsync(input.SessionId, cancellationToken);
        var changed = state.Hash != input.Baseline;
        var settled = changed && state.IsExportable && state.Hash == input.Previous;
        if (settled)
        {
            await documents.KeepDraftAsync(input.JobId, state.Draft, cancellationToken);
        }

        return new StateReading(state.Hash, changed, settled ? await DescribeAsync(input, state.Draft, cancellationToken) : null);
    }

    private async Task<JobEdit> DescribeAsync(ReadStateInput input, ReadOnlyMemory<byte> draft, CancellationToken cancellationToken)
    {
        var before = DraftReader.Read(await documents.ReadBaselineAsync(input.JobId, cancellationToken));
        var after = DraftReader.Read(draft);
        var credits = input.Attempt > 0 ? await spent.OfAsync(input.JobId, input.Attempt, cancellationToken) : null;
        return new JobEdit(DraftText.Summarize(after), DraftText.Compare(before, after), Credits: credits);
    }

    /// <summary>Finds out how far a sending came that ended without a report.</summary>
    [Function(nameof(ReviewIntent))]
    public Task<StepResult<SendReport>> ReviewIntent([ActivityTrigger] SendInstructionInput input, CancellationToken cancellationToken) =>
        edge.RunAsync(token => instruction.ReviewAsync(input.JobId, input.Attempt, input.SessionId, token), cancellationToken);

    /// <summary>Decides whether a message that left no trace may be sent a second time.</summary>
    [Function(nameof(JudgeResend))]
    public Task<StepResult<ResendVerdict>> JudgeResend([ActivityTrigger] JudgeResendInput input, CancellationToken cancellationToken) =>
        edge.RunAsync(token => judge.JudgeAsync(input.JobId, input.Attempt, token), cancellationToken);
}

public sealed record ConnectInput(string JobId, string Language);

/// <param name="JobId">The job that pays.</param>
/// <param name="Attempt">Which message of the job this is, from 1.</param>
/// <param name="SessionId">The session it goes to.</param>
/// <param name="Instruction">What it says.</param>
/// <param name="InDoubt">Whether it goes out although an earlier one may have been charged, as the caller chose.</param>
/// <param name="IsOfBatch">Whether the job is an item of a batch, which leaves room for others.</param>
public sealed record SendInstructionInput(string JobId, int Attempt, string SessionId, string Instruction, bool InDoubt = false, bool IsOfBatch = false);

/// <param name="JobId">The job.</param>
/// <param name="SessionId">Its session.</param>
/// <param name="Baseline">The hash of the state before the message.</param>
/// <param name="Previous">The hash of the last reading, or null.</param>
/// <param name="Attempt">Which message of the job is looked for, from 1; 0: there was none.</param>
public sealed record ReadStateInput(string JobId, string SessionId, string Baseline, string? Previous, int Attempt = 0);

/// <summary>A reading of a session's state, compared with the one before the message and with the last.</summary>
/// <param name="Hash">The state's hash.</param>
/// <param name="HasChanged">Whether it differs from the baseline.</param>
/// <param name="Settled">What the edit did, once two readings agree on a state that can be rendered.</param>
public sealed record StateReading(string Hash, bool HasChanged, JobEdit? Settled);

public sealed record JudgeResendInput(string JobId, int Attempt);
