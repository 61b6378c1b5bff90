using FaceSwap.Errors;
using FaceSwap.NemoVideo.Sessions;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Functions.Activities;

/// <summary>Opens a session at the backend, named after the job.</summary>
public sealed class Connect(NemoSessions sessions)
{
    [Function(nameof(Connect))]
    public Task<StepResult<NemoSession>> RunAsync([ActivityTrigger] ConnectInput input, CancellationToken cancellationToken) =>
        Step.RunAsync(() => sessions.OpenAsync(input.JobId, input.Language, cancellationToken));
}
