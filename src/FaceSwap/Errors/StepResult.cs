namespace FaceSwap.Errors;

/// <summary>What a step of a job ends with: its value, or a foreseeable failure.</summary>
/// <remarks>
/// A value and not an exception, because the type of an activity's exception differs between versions of the
/// platform, while a value with a code passes every serialiser unchanged.
/// </remarks>
public sealed record StepResult<T>(T? Value, JobError? Error);
