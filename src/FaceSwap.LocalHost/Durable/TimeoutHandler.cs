using System.Runtime.ExceptionServices;
using FaceSwap.LocalHost.Worker;
using Microsoft.Azure.WebJobs.Host;
using Microsoft.Azure.WebJobs.Host.Timers;

namespace FaceSwap.LocalHost.Durable;

/// <summary>
/// A function that exceeds <c>functionTimeout</c> has been asked to end; one that does not within the grace takes the whole
/// worker with it, as on the platform.
/// </summary>
internal sealed class TimeoutHandler(WorkerSupervisor worker, Action<string> giveUp, TimeProvider time) : IWebJobsExceptionHandler
{
    public async Task OnTimeoutExceptionAsync(ExceptionDispatchInfo exceptionInfo, TimeSpan timeoutGracePeriod)
    {
        // Without a task it is one that shared the worker of another, which is being replaced already.
        if (exceptionInfo.SourceException is not FunctionTimeoutException { Task: { } running } timeout)
        {
            return;
        }

        if (await Task.WhenAny(running, Task.Delay(timeoutGracePeriod, time)) != running)
        {
            worker.Abort(timeout.Message);
        }
    }

    public Task OnUnhandledExceptionAsync(ExceptionDispatchInfo exceptionInfo)
    {
        giveUp(exceptionInfo.SourceException.Message);
        return Task.CompletedTask;
    }
}
