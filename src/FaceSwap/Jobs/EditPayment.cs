using FaceSwap.Errors;

namespace FaceSwap.Jobs;

/// <summary>How far the money of a job is. It decides what a failure is called, what the caller is told to do, and how long steps are retried.</summary>
public enum EditPayment
{
    /// <summary>Nothing is at stake: no message was sent, or it is proven that none ran.</summary>
    None,

    /// <summary>The message may have been sent, and nothing proves yet what became of it.</summary>
    Unproven,

    /// <summary>The edit is in the session, and paid.</summary>
    Proven,
}

/// <summary>The one rule for what a caller is told once money may have been spent.</summary>
public static class EditPayments
{
    // A caller who only had it exported would meet these again: what they ask for comes first.
    private static readonly HashSet<string> ToBeMendedFirst = [ErrorCodes.ExportNotAllowed, ErrorCodes.TokenRejected, ErrorCodes.InternalError];

    /// <summary>How far the money was of a job whose orchestration ended without saying so, by the stages that it had shown.</summary>
    public static EditPayment Of(JobInput job, JobStatus? last)
    {
        var furthest = last?.Timeline.Max(entry => entry.Stage) ?? JobStage.Queued;
        return job.Instruction is null || furthest >= JobStage.Rendering ? EditPayment.Proven
            : furthest >= JobStage.Swapping ? EditPayment.Unproven
            : EditPayment.None;
    }

    /// <summary>The failure of a job, given why it could not go on.</summary>
    public static JobError Tell(this EditPayment payment, JobError cause, JobInput job) => payment switch
    {
        EditPayment.None => cause,
        EditPayment.Unproven when cause.Code == ErrorCodes.AmbiguousOutcome => cause,
        EditPayment.Unproven => JobError.Of(ErrorCodes.AmbiguousOutcome, $"The instruction may have been carried out. Then: {cause.Detail} ({cause.Code})"),
        _ => cause with { Remedy = Remedy(cause, job), Retryable = false },
    };

    private static string Remedy(JobError cause, JobInput job)
    {
        if (cause.Code == ErrorCodes.SessionLost)
        {
            return "The backend no longer has the session that holds the edit. Ask the backend's support before you pay for an edit again.";
        }

        var kept = job.Instruction is null ? "Rendering costs nothing, and the session is kept." : "The edit is paid and kept in its session.";
        var export = $$"""{{kept}} Have it rendered without another charge: POST {{job.ApiBase}}/jobs/{{job.Id}}/messages with {"text":"export"}.""";
        return ToBeMendedFirst.Contains(cause.Code) ? $"{cause.Remedy} {export}" : export;
    }
}
