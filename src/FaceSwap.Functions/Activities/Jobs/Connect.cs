using FaceSwap.Errors;
using FaceSwap.Ledger;
using FaceSwap.NemoVideo.Sessions;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Functions.Activities.Jobs;

/// <summary>Opens a session at the backend, named after the job, if the account can pay for an edit.</summary>
public sealed class Connect(NemoSessions sessions, CreditReservations reservations, StepEdge edge)
{
    [Function(nameof(Connect))]
    public Task<StepResult<NemoSession>> RunAsync([ActivityTrigger] ConnectInput input, CancellationToken cancellationToken) =>
        edge.RunAsync(
            async token =>
            {
                await reservations.CheckAsync(token);
                return await sessions.OpenAsync(input.JobId, input.Language, token);
            },
            cancellationToken);
}

public sealed record ConnectInput(string JobId, string Language);
