using System.Diagnostics;

namespace FaceSwap.Testing.Processes;

/// <summary>
/// Sees to it that no child outlives the test process, however that one ends: a shell reads the children's ids from
/// a pipe, and when the pipe breaks, which it does even when the test process is killed, it kills those still named.
/// </summary>
internal static class ChildGuard
{
    private const string Script = """
        trap '' INT TERM HUP
        children=''
        while read -r verb id; do
          if [ "$verb" = watch ]; then
            children="$children $id"
          else
            rest=''
            for child in $children; do [ "$child" = "$id" ] || rest="$rest $child"; done
            children=$rest
          fi
        done
        for child in $children; do kill -KILL "$child" 2>/dev/null; done
        """;

    private static readonly Lock Gate = new();
    private static readonly StreamWriter Pipe = Start();

    public static void Watch(int processId) => Tell($"watch {processId}");

    public static void Forget(int processId) => Tell($"forget {processId}");

    private static void Tell(string line)
    {
        lock (Gate)
        {
            Pipe.WriteLine(line);
        }
    }

    private static StreamWriter Start()
    {
        var guard = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Script]) { RedirectStandardInput = true })!;
        guard.StandardInput.AutoFlush = true;
        return guard.StandardInput;
    }
}
