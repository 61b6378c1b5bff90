namespace FaceSwap.Errors;

/// <summary>The one exception of the product: a foreseeable failure with its code and the facts a caller needs.</summary>
/// <param name="code">One of <see cref="ErrorCodes"/>.</param>
/// <param name="detail">What happened in this case, without secrets.</param>
/// <param name="retryAfter">How long the other side asked to wait, where it did.</param>
/// <param name="inner">The technical cause, for the log only.</param>
public sealed class FaceSwapException(string code, string detail, TimeSpan? retryAfter = null, Exception? inner = null)
    : Exception(detail, inner)
{
    public string Code { get; } = code;

    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>Set where this case differs from what the table says of its code.</summary>
    public bool? Retryable { get; init; }

    /// <summary>Set where this case has a better remedy than the table.</summary>
    public string? Remedy { get; init; }

    /// <summary>The field that is wrong, where it can be told.</summary>
    public string? Field { get; init; }

    /// <summary>Where a request has many parts: what is wrong with each of them.</summary>
    public IReadOnlyList<ItemProblem>? Items { get; init; }

    /// <summary>The same failure as data, for answers, histories and webhooks.</summary>
    public JobError ToError() => ToError(JobError.Of(Code, Message));

    private JobError ToError(JobError error) => error with
    {
        RetryAfter = RetryAfter,
        Retryable = Retryable ?? error.Retryable,
        Remedy = Remedy ?? error.Remedy,
    };
}

/// <summary>What is wrong with one part of a request that has many.</summary>
/// <param name="Item">Which part, from 1; null where that cannot be told.</param>
/// <param name="Line">The line at which it begins, where it came in lines.</param>
/// <param name="Code">One of <see cref="ErrorCodes"/>.</param>
/// <param name="Detail">What is wrong.</param>
/// <param name="Column">The field or column, where it can be told.</param>
public sealed record ItemProblem(int? Item, int? Line, string Code, string Detail, string? Column = null);
