namespace FaceSwap.LocalHost.Worker;

/// <summary>
/// The worker ended while it ran a function. The Durable extension knows this type by its name and gives an orchestrator's
/// turn back to the queue instead of failing the orchestration.
/// </summary>
internal sealed class WorkerProcessExitException(string message) : Exception(message);

/// <summary>A function failed in the worker. The text has the form from which the Durable extension reads type, message and stack.</summary>
internal sealed class WorkerFunctionException(string result, string message, string stack)
    : Exception($"Result: {result}\nException: {message}\nStack: {stack}");
