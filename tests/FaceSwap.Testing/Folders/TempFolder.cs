namespace FaceSwap.Testing.Folders;

/// <summary>A folder of its own that goes with the test.</summary>
public sealed class TempFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("faceswap-");

    public string FullName => folder.FullName;

    public string PathOf(string name) => Path.Combine(folder.FullName, name);

    public void Dispose() => folder.Delete(recursive: true);
}
