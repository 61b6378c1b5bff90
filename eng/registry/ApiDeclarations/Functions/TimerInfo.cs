// API declaration, never shipped: compiled only where the package registry lacks the real Azure Functions worker packages.
namespace Microsoft.Azure.Functions.Worker;

public class TimerInfo
{
    public ScheduleStatus? ScheduleStatus { get; set; }

    public bool IsPastDue { get; set; }
}
