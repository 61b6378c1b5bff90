using Microsoft.DurableTask;

namespace FaceSwap.LocalHost.Durable.Execution;

/// <summary>Asks a retry policy about a failure in the exception type its filter expects.</summary>
internal static class PlatformFailure
{
    // The SDK's RetryPolicy.HandleFailure reads its facts from an exception of the engine it was written for. That type
    // is there when the SDK is; this project names no type of that engine, so it is looked up.
    private static readonly Type? CoreException =
        Type.GetType("DurableTask.Core.Exceptions.TaskFailedException, DurableTask.Core");

    private static readonly Type? CoreDetails = Type.GetType("DurableTask.Core.FailureDetails, DurableTask.Core");

    public static bool IsHandled(RetryPolicy policy, TaskFailedException failure) =>
        policy.Handle(ToCore(failure) ?? failure);

    private static Exception? ToCore(TaskFailedException failure)
    {
        if (CoreException is null || CoreDetails is null)
        {
            return null;
        }

        Exception core = (Exception)Activator.CreateInstance(CoreException, failure.Message)!;
        CoreException.GetProperty("FailureDetails")!.SetValue(core, ToCore(failure.FailureDetails));
        return core;
    }

    private static object? ToCore(TaskFailureDetails? details) => details is null
        ? null
        : Activator.CreateInstance(
            CoreDetails!,
            details.ErrorType,
            details.ErrorMessage,
            details.StackTrace,
            ToCore(details.InnerFailure),
            false);
}
