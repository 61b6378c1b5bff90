using System.Security.Cryptography;
using System.Text.Json;

namespace FaceSwap.LocalHost.Triggers.Http;

/// <summary>The keys that were generated because none are configured; readable by the owner alone.</summary>
internal sealed record KeyFile(string FunctionKey, string MasterKey)
{
    private const int KeyBytes = 32;

    public static KeyFile ReadOrCreate(string path)
    {
        if (File.Exists(path))
        {
            return JsonSerializer.Deserialize(File.ReadAllText(path), KeyFileJson.Default.KeyFile)
                ?? throw new InvalidDataException($"{path} holds no keys: delete it to have new ones made.");
        }

        KeyFile keys = new(NewKey(), NewKey());
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        FileStreamOptions create = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using FileStream file = new(path, create);
        JsonSerializer.Serialize(file, keys, KeyFileJson.Default.KeyFile);
        return keys;
    }

    private static string NewKey() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyBytes));
}
