using System.Text.RegularExpressions;

namespace FaceSwap.Tests.Architecture;

/// <summary>Which folder of the sources knows which, by their namespaces and usings: a using that nothing needs does not compile here.</summary>
/// <remarks>The sources and not what is compiled from them: there a <c>nameof</c> leaves no trace.</remarks>
internal sealed partial class FolderGraph
{
    private readonly SortedDictionary<string, SortedSet<string>> _known = new(StringComparer.Ordinal);

    /// <param name="sources">The text of each file.</param>
    public FolderGraph(IEnumerable<string> sources)
    {
        var files = sources.Select(text => (Folder: Folder().Match(text).Groups["name"].Value, Text: text)).Where(file => file.Folder.Length > 0).ToArray();
        foreach (var (folder, _) in files)
        {
            _known.TryAdd(folder, new SortedSet<string>(StringComparer.Ordinal));
        }

        foreach (var (folder, text) in files)
        {
            _known[folder].UnionWith(Using().Matches(text).Select(match => match.Groups["name"].Value).Where(_known.ContainsKey));

            // What stands in the folders around a file it sees without saying so.
            _known[folder].UnionWith(_known.Keys.Where(outer => folder.StartsWith($"{outer}.", StringComparison.Ordinal)));
        }
    }

    public IEnumerable<string> Folders => _known.Keys;

    public IReadOnlySet<string> KnownTo(string folder) => _known[folder];

    /// <summary>A folder of each circle, with the way from it and back; empty when there is none.</summary>
    /// <param name="besides">Folders that know everything they put together, and that nobody knows.</param>
    public IReadOnlyList<string> Circles(params string[] besides)
    {
        var circles = new List<string>();
        var done = new HashSet<string>(besides, StringComparer.Ordinal);
        foreach (var folder in _known.Keys)
        {
            Walk(folder, [], done, circles);
        }

        return circles;
    }

    /// <summary>The sources below these folders of the repository.</summary>
    public static IEnumerable<string> Read(params string[] folders)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "FaceSwapFunctions.sln")))
        {
            root = root.Parent ?? throw new InvalidOperationException("These tests look at the sources: run them within the repository.");
        }

        return folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root.FullName, folder), "*.cs", SearchOption.AllDirectories))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
            .Select(File.ReadAllText);
    }

    private void Walk(string folder, List<string> way, HashSet<string> done, List<string> circles)
    {
        if (way.IndexOf(folder) is var at and >= 0)
        {
            circles.Add(string.Join(" → ", way.Skip(at).Append(folder)));
        }
        else if (!done.Contains(folder))
        {
            way.Add(folder);
            foreach (var next in _known[folder])
            {
                Walk(next, way, done, circles);
            }

            way.RemoveAt(way.Count - 1);
            done.Add(folder);
        }
    }

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Folder();

    [GeneratedRegex(@"^using (?:static )?(?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Using();
}
