namespace FaceSwap.Errors;

/// <summary>One row of the error table.</summary>
/// <param name="Code">The stable code, one of <see cref="ErrorCodes"/>.</param>
/// <param name="Status">The HTTP status of an answer that reports this failure.</param>
/// <param name="Title">A short sentence that is the same for every occurrence.</param>
/// <param name="Retryable">Whether a step that costs nothing may be run again by itself.</param>
/// <param name="Remedy">What the caller can do.</param>
public sealed record ErrorEntry(string Code, int Status, string Title, bool Retryable, string Remedy);
