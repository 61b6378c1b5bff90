using System.Collections.Immutable;

namespace FaceSwap.Testing.Processes;

/// <summary>What a process wrote, line by line, on both of its outputs.</summary>
public sealed class ProcessLog
{
    private readonly ProcessLog? whole;
    private readonly int skipped;
    private readonly Action<string>? see;
    private ImmutableList<string> lines = [];

    /// <param name="see">Sees each line as it comes.</param>
    public ProcessLog(Action<string>? see = null) => this.see = see;

    private ProcessLog(ProcessLog whole) => (this.whole, skipped) = (whole, whole.lines.Count);

    public IReadOnlyList<string> Lines => whole is null ? lines : whole.lines.RemoveRange(0, skipped);

    public string Text => string.Join('\n', Lines);

    /// <summary>The log of all that the process wrote.</summary>
    public ProcessLog Whole => whole ?? this;

    /// <summary>A view of this log that starts with the next line.</summary>
    public ProcessLog FromHere() => new(this);

    /// <summary>Adds a line.</summary>
    public void Add(string line)
    {
        ImmutableInterlocked.Update(ref lines, before => before.Add(line));
        see?.Invoke(line);
    }
}
