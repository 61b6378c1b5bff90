using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.LocalHost.Triggers.Functions;

/// <summary>The trace the call belongs to, if any is being recorded.</summary>
internal sealed class LocalTraceContext : TraceContext
{
    public override string TraceParent { get; } = Activity.Current?.Id ?? string.Empty;

    public override string TraceState { get; } = Activity.Current?.TraceStateString ?? string.Empty;
}
