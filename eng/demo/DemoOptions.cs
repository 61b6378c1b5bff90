namespace FaceSwap.Demo;

/// <param name="Api">The API's address, with <c>/api</c>.</param>
/// <param name="Key">The function key.</param>
/// <param name="Video">The video file whose face is to be swapped; empty for a batch.</param>
/// <param name="Face">The picture of the other face; empty for a batch.</param>
/// <param name="Manifest">A file of items, CSV or JSON, that is submitted as a batch; null: one job.</param>
/// <param name="Output">The folder that the result is written to; made if missing.</param>
internal sealed record DemoOptions(Uri Api, string Key, string Video, string Face, string? Manifest, string Output)
{
    /// <summary>The key may come from the environment, where other processes do not see it.</summary>
    public const string KeyVariable = "FACESWAP_KEY";

    private const string Usage = $"Usage: FaceSwap.Demo --api ADDRESS (--video FILE --face FILE | --batch MANIFEST) --out FOLDER, with the function key in {KeyVariable}.";

    /// <exception cref="DemoException">An option is missing or unknown, or names a file that does not exist.</exception>
    public static DemoOptions Parse(string[] args)
    {
        var given = args.Chunk(2).ToLookup(pair => pair[0], pair => pair.ElementAtOrDefault(1), StringComparer.Ordinal);
        var isBatch = given.Contains("--batch");
        return new DemoOptions(
            new Uri(One(given, "--api").TrimEnd('/') + "/"),
            Environment.GetEnvironmentVariable(KeyVariable) ?? throw new DemoException(Usage),
            isBatch ? "" : ExistingFile(One(given, "--video")),
            isBatch ? "" : ExistingFile(One(given, "--face")),
            isBatch ? ExistingFile(One(given, "--batch")) : null,
            Path.GetFullPath(One(given, "--out")));
    }

    private static string One(ILookup<string, string?> given, string name) =>
        given[name].SingleOrDefault() ?? throw new DemoException(Usage);

    private static string ExistingFile(string path) =>
        File.Exists(path) ? path : throw new DemoException($"There is no file {path}.");
}
