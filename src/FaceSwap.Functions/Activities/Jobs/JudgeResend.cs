using FaceSwap.Errors;
using FaceSwap.Ledger;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Functions.Activities.Jobs;

/// <summary>Decides whether a message that left no trace may be sent a second time.</summary>
public sealed class JudgeResend(ResendJudge judge, StepEdge edge)
{
    [Function(nameof(JudgeResend))]
    public Task<StepResult<ResendVerdict>> RunAsync([ActivityTrigger] JudgeResendInput input, CancellationToken cancellationToken) =>
        edge.RunAsync(token => judge.JudgeAsync(input.JobId, input.Attempt, token), cancellationToken);
}

public sealed record JudgeResendInput(string JobId, int Attempt);
