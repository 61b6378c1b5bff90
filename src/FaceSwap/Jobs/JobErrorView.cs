using FaceSwap.Errors;

namespace FaceSwap.Jobs;

/// <summary>Why a job did not complete: a stable code, what happened, and what to do about it.</summary>
public sealed record JobErrorView(string Code, string Detail, string Remedy)
{
    public static JobErrorView? Of(JobError? error) => error is null ? null : new JobErrorView(error.Code, error.Detail, error.Remedy);
}
