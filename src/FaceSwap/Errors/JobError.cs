namespace FaceSwap.Errors;

/// <summary>A failure as a value: it survives serialisation and reads the same in answers, histories and webhooks.</summary>
/// <param name="Code">One of <see cref="ErrorCodes"/>.</param>
/// <param name="Detail">What happened in this case.</param>
/// <param name="Remedy">What the caller can do.</param>
/// <param name="Retryable">Whether a step that costs nothing may be run again by itself.</param>
/// <param name="RetryAfter">How long the other side asked to wait, where it did.</param>
public sealed record JobError(string Code, string Detail, string Remedy, bool Retryable, TimeSpan? RetryAfter = null)
{
    public static JobError Of(string code, string detail)
    {
        var entry = ErrorCatalog.Find(code);
        return new JobError(code, detail, entry.Remedy, entry.Retryable);
    }
}
