using System.Collections.Concurrent;
using System.Reflection;

namespace FaceSwap.LocalHost.Durable.Storage;

/// <summary>The embedded .sql files, by name without extension.</summary>
internal static class SqlText
{
    private static readonly ConcurrentDictionary<string, string> Texts = new();

    public static string Get(string name) => Texts.GetOrAdd(name, static key =>
    {
        Assembly assembly = typeof(SqlText).Assembly;
        using Stream stream = assembly.GetManifestResourceStream($"sql/{key}.sql")
            ?? throw new InvalidOperationException($"There is no embedded statement '{key}'.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    });
}
