// API declaration, never shipped: compiled only where the package registry lacks the real Azure Functions worker packages.
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>A schedule of six NCRONTAB fields, an interval, or the name of a setting as <c>%NAME%</c>.</summary>
public sealed class TimerTriggerAttribute(string schedule) : TriggerBindingAttribute
{
    public string Schedule { get; private set; } = schedule;

    /// <summary>Default true: the last run is kept, so that downtime is noticed.</summary>
    public bool UseMonitor { get; set; } = true;

    public bool RunOnStartup { get; set; }
}
