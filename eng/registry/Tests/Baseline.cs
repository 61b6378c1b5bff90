namespace FaceSwap.Registry;

/// <summary>The public API of one real assembly, as far as it is declared: the lines of its types by header.</summary>
/// <remarks>A file is named after its assembly; lines that begin with # say where it comes from.</remarks>
internal sealed record Baseline(string Assembly, IReadOnlyDictionary<string, IReadOnlySet<string>> Types)
{
    public static IReadOnlyList<Baseline> All { get; } =
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "ApiBaseline"), "*.txt").Order(StringComparer.Ordinal).Select(Read)];

    private static Baseline Read(string path)
    {
        var types = new Dictionary<string, IReadOnlySet<string>>(StringComparer.Ordinal);
        var members = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(path).Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line[0] == ' ')
            {
                members.Add(line.Trim());
            }
            else
            {
                types.Add(line, members = new HashSet<string>(StringComparer.Ordinal));
            }
        }

        return new(Path.GetFileNameWithoutExtension(path), types);
    }
}
