using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace FaceSwap.Keys;

/// <summary>The app's only secret. Everything else is derived from it with HKDF-SHA256, one key for each purpose.</summary>
public sealed class MasterKey
{
    private const int KeyBytes = 32;
    private readonly byte[] _key;

    public MasterKey(IOptions<MasterKeyOptions> options)
    {
        var text = options.Value.MasterKey is { Length: > 0 } configured ? configured : ReadOrCreate(options.Value.MasterKeyFile!);
        if (!TryParse(text, out _key))
        {
            throw new IOException("The master key must be 32 bytes in base64. Correct the file that MasterKeyFile names, or remove it to get a new key.");
        }
    }

    /// <summary>A key for one purpose; the same purpose gives the same key for as long as the master key lives.</summary>
    public byte[] Derive(string purpose, int bytes = KeyBytes) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _key, bytes, info: Encoding.UTF8.GetBytes(purpose));

    internal static bool TryParse(string text, out byte[] key)
    {
        key = new byte[KeyBytes];
        return Convert.TryFromBase64String(text.Trim(), key, out var written) && written == KeyBytes;
    }

    private static string ReadOrCreate(string path)
    {
        var full = Path.GetFullPath(path);
        if (!File.Exists(full))
        {
            Create(full);
        }

        return File.ReadAllText(full);
    }

    // Written beside its place and moved there, so that a crash never leaves half a key and two processes agree on one.
    private static void Create(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var draft = $"{path}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var writer = new StreamWriter(draft, options))
        {
            writer.Write(Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)));
        }

        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }
    }
}
