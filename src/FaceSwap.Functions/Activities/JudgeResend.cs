using FaceSwap.Errors;
using FaceSwap.Ledger;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Functions.Activities;

/// <summary>Decides whether a message that left no trace may be sent a second time.</summary>
public sealed class JudgeResend(ResendJudge judge)
{
    [Function(nameof(JudgeResend))]
    public Task<StepResult<ResendVerdict>> RunAsync([ActivityTrigger] JudgeResendInput input, CancellationToken cancellationToken) =>
        Step.RunAsync(() => judge.JudgeAsync(input.JobId, input.Attempt, cancellationToken));
}
