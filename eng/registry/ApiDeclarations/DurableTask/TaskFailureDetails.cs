// API declaration, never shipped: compiled only where the package registry lacks the real Microsoft.DurableTask.Abstractions.
using System.Reflection;

namespace Microsoft.DurableTask;

/// <summary>A failure as it travels through history: texts instead of exception objects; the type by its full name.</summary>
public record TaskFailureDetails(
    string ErrorType,
    string ErrorMessage,
    string? StackTrace,
    TaskFailureDetails? InnerFailure,
    IDictionary<string, object?>? Properties)
{
    public static TaskFailureDetails FromException(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var inner = exception.InnerException is { } cause ? FromException(cause) : null;
        return new(exception.GetType().ToString(), exception.Message, exception.StackTrace, inner, Properties: null);
    }

    /// <summary>Whether the failure's own exception, not an inner one, is a <typeparamref name="T"/>.</summary>
    public bool IsCausedBy<T>() where T : Exception => IsCausedBy(typeof(T));

    /// <summary>False also where the named exception type cannot be found.</summary>
    /// <exception cref="ArgumentException">The type is no exception.</exception>
    /// <exception cref="AmbiguousMatchException">Several loaded assemblies have a type of that name.</exception>
    public bool IsCausedBy(Type targetBaseExceptionType)
    {
        ArgumentNullException.ThrowIfNull(targetBaseExceptionType);
        if (!targetBaseExceptionType.IsAssignableTo(typeof(Exception)))
        {
            throw new ArgumentException($"{targetBaseExceptionType} is no exception type.", nameof(targetBaseExceptionType));
        }

        return FindErrorType(targetBaseExceptionType.Assembly)?.IsAssignableTo(targetBaseExceptionType) ?? false;
    }

    public override string ToString() => $"{ErrorType}: {ErrorMessage}";

    private Type? FindErrorType(Assembly nearest)
    {
        if (string.IsNullOrEmpty(ErrorType))
        {
            return null;
        }

        return Type.GetType(ErrorType) ?? nearest.GetType(ErrorType) ?? FindInLoadedAssemblies();
    }

    private Type? FindInLoadedAssemblies()
    {
        var found = AppDomain.CurrentDomain.GetAssemblies()
            .Select(assembly => assembly.GetType(ErrorType))
            .OfType<Type>()
            .ToArray();
        return found.Length > 1
            ? throw new AmbiguousMatchException($"{found.Length} loaded assemblies have a type '{ErrorType}'.")
            : found.FirstOrDefault();
    }
}
