using System.Collections.Concurrent;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.LocalHost.Tests.Triggers;

/// <summary>A service of the sample app, and what its functions have seen.</summary>
public sealed class SampleState
{
    private readonly ConcurrentQueue<TimerInfo> _ticks = new();
    private readonly ConcurrentQueue<TimerInfo> _starts = new();

    public string Name { get; } = "injected";

    public IReadOnlyCollection<TimerInfo> Ticks => _ticks;

    public IReadOnlyCollection<TimerInfo> Starts => _starts;

    public void Add(TimerInfo timer) => _ticks.Enqueue(timer);

    public void AddStart(TimerInfo timer) => _starts.Enqueue(timer);
}
