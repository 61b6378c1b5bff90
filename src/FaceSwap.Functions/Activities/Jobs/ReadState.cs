using FaceSwap.Errors;
using FaceSwap.Jobs;
using FaceSwap.Ledger;
using FaceSwap.NemoVideo.Drafts;
using FaceSwap.NemoVideo.Sessions;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Functions.Activities.Jobs;

/// <summary>Reads the session's state and keeps a changed draft as bytes: no value of an activity could carry it unaltered.</summary>
public sealed class ReadState(NemoSessions sessions, JobDocuments documents, SpentCredits spent, StepEdge edge)
{
    [Function(nameof(ReadState))]
    public Task<StepResult<StateReading>> RunAsync([ActivityTrigger] ReadStateInput input, CancellationToken cancellationToken) =>
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
}

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
