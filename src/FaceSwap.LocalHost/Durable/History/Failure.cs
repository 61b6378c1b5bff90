using Microsoft.DurableTask;

namespace FaceSwap.LocalHost.Durable.History;

/// <summary>What a failure leaves behind in the history: type name, message, stack and cause.</summary>
internal sealed record Failure(string ErrorType, string Message, string? StackTrace, Failure? Inner)
{
    private const int MaxStackTrace = 8 * 1024;

    public static Failure From(Exception exception) => exception is TaskFailedException failed
        ? new(typeof(TaskFailedException).FullName!, failed.Message, Cut(failed.StackTrace), From(failed.FailureDetails))
        : new(
            exception.GetType().ToString(),
            exception.Message,
            Cut(exception.StackTrace),
            exception.InnerException is { } inner ? From(inner) : null);

    public TaskFailureDetails ToDetails() => new(ErrorType, Message, StackTrace, Inner?.ToDetails(), null);

    private static Failure From(TaskFailureDetails details) => new(
        details.ErrorType,
        details.ErrorMessage,
        Cut(details.StackTrace),
        details.InnerFailure is { } inner ? From(inner) : null);

    private static string? Cut(string? stackTrace) =>
        stackTrace?.Length > MaxStackTrace ? stackTrace[..MaxStackTrace] : stackTrace;
}
