using System.Runtime.Versioning;
using System.Security.Cryptography;
using FaceSwap.Keys;
using Microsoft.Extensions.Options;
using Xunit;

namespace FaceSwap.Tests.Keys;

public sealed class MasterKeyTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faceswap-");

    private string KeyFile => Path.Combine(_folder.FullName, "deep", "master.key");

    [Fact]
    public void Derive_FromANewFile_IsTheSameForEveryReaderOfThatFile()
    {
        var first = FromFile().Derive("purpose");

        Assert.Equal(first, FromFile().Derive("purpose"));
        Assert.NotEqual(first, FromFile().Derive("another purpose"));
    }

    /// <summary>What is derived must stay what it is: receivers hold the secrets, and the stored token is sealed with one.</summary>
    [Fact]
    public void Derive_FromAFixedKey_GivesFixedBytes()
    {
        var master = new MasterKey(Options.Create(new MasterKeyOptions { MasterKey = Convert.ToBase64String(new byte[32]) }));

        Assert.Equal("77b9a71be31be541b388d834d821f67db541c6d830b9973630ef89a4c78ded10", Convert.ToHexStringLower(master.Derive("purpose")));
    }

    [Fact]
    public void Seal_Twice_GivesDifferentBoxes()
    {
        var box = new SealedBox(FromFile(), "token");

        Assert.NotEqual(box.Seal("secret"u8), box.Seal("secret"u8));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Constructor_NewFile_IsReadableByItsOwnerAlone()
    {
        FromFile();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(KeyFile)!));
    }

    [Fact]
    public void Constructor_DamagedFile_SaysWhatToDoAndLeavesTheFile()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(KeyFile)!);
        File.WriteAllText(KeyFile, "short");

        var failure = Assert.Throws<IOException>(FromFile);

        Assert.Contains("MasterKeyFile", failure.Message, StringComparison.Ordinal);
        Assert.Equal("short", File.ReadAllText(KeyFile));
    }

    [Fact]
    public void Open_BoxOfTheSameKeyAndPurpose_GivesTheSecretBack()
    {
        var box = new SealedBox(FromFile(), "token").Seal("secret"u8);

        Assert.Equal("secret"u8.ToArray(), new SealedBox(FromFile(), "token").Open(box));
        Assert.Equal(-1, box.AsSpan().IndexOf("secret"u8));
    }

    [Fact]
    public void Open_AlteredOrForeignBox_GivesNothing()
    {
        var box = new SealedBox(FromFile(), "token").Seal("secret"u8);
        var altered = box.ToArray();
        altered[^1] ^= 1;

        Assert.Null(new SealedBox(FromFile(), "token").Open(altered));
        Assert.Null(new SealedBox(FromFile(), "other").Open(box));
        Assert.Null(new SealedBox(FromKey(), "token").Open(box));
        Assert.Null(new SealedBox(FromFile(), "token").Open(box.AsSpan(0, 20)));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private MasterKey FromFile() => new(Options.Create(new MasterKeyOptions { MasterKeyFile = KeyFile }));

    private static MasterKey FromKey() =>
        new(Options.Create(new MasterKeyOptions { MasterKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) }));
}
