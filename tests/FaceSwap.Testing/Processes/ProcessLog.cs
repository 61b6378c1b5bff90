using System.Collections.Immutable;

namespace FaceSwap.Testing.Processes;

/// <summary>What a process wrote, line by line, on both of its outputs.</summary>
public sealed class ProcessLog
{
    private ImmutableList<string> lines = [];

    public IReadOnlyList<string> Lines => lines;

    public string Text => string.Join('\n', lines);

    internal void Add(string line) => ImmutableInterlocked.Update(ref lines, before => before.Add(line));
}
