using System.Runtime.Versioning;
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

    [Theory]
    [InlineData("purpose", 32, "c938f7c9c926b1456b39fd3811e7b2d8beccd709fed368d133553b438fb89d0b")]
    [InlineData("purpose", 16, "c938f7c9c926b1456b39fd3811e7b2d8")]
    [InlineData("purpose", 64, "c938f7c9c926b1456b39fd3811e7b2d8beccd709fed368d133553b438fb89d0bddf5684ae00dacd1b863aa9dc1e096afdd53dbbedd9937b145a2019c5e5ac7f6")]
    [InlineData("größer", 32, "131cef4f4ada6b995bcc2a42d22a48e2805327f2f1befd7a511d1a1052bebb95")]
    public void Derive_ForAPurposeAndALength_GivesFixedBytes(string purpose, int bytes, string expected) =>
        Assert.Equal(expected, Convert.ToHexStringLower(FromText(SampleKeys.Counting).Derive(purpose, bytes)));

    [Fact]
    public void Constructor_KeyWithSpaceAroundIt_IsTheSameKey()
    {
        Write($"  {SampleKeys.Counting}\n");

        Assert.Equal(FromText(SampleKeys.Counting).Derive("purpose"), FromFile().Derive("purpose"));
        Assert.Equal(FromText(SampleKeys.Counting).Derive("purpose"), FromText($" {SampleKeys.Counting} ").Derive("purpose"));
    }

    [Fact]
    public void Constructor_KeyAndFile_TakesTheKeyAndMakesNoFile()
    {
        var options = new MasterKeyOptions { MasterKey = SampleKeys.Counting, MasterKeyFile = KeyFile };

        Assert.Equal(FromText(SampleKeys.Counting).Derive("purpose"), new MasterKey(Options.Create(options)).Derive("purpose"));
        Assert.False(File.Exists(KeyFile));
    }

    [Fact]
    public void Constructor_KeyThatIsEmpty_TakesTheFile()
    {
        Write(SampleKeys.Counting);

        var master = new MasterKey(Options.Create(new MasterKeyOptions { MasterKey = "", MasterKeyFile = KeyFile }));

        Assert.Equal(FromText(SampleKeys.Counting).Derive("purpose"), master.Derive("purpose"));
    }

    [Fact]
    public void Constructor_NewFile_HoldsARandomKeyOfThirtyTwoBytes()
    {
        FromFile();
        var first = File.ReadAllText(KeyFile);
        File.Delete(KeyFile);
        FromFile();

        Assert.Equal(32, Convert.FromBase64String(first).Length);
        Assert.NotEqual(first, File.ReadAllText(KeyFile));
    }

    [Fact]
    public void Constructor_FileThatIsThere_IsLeftAsItIs()
    {
        Write(SampleKeys.Counting);
        FromFile();

        Assert.Equal(SampleKeys.Counting, File.ReadAllText(KeyFile));
        Assert.Equal([KeyFile], Directory.GetFiles(Path.GetDirectoryName(KeyFile)!));
    }

    [Fact]
    public void Constructor_PlaceThatCannotHoldAFile_IsNotPassedOver()
    {
        Directory.CreateDirectory(KeyFile);

        Assert.ThrowsAny<IOException>(FromFile);
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg==")]
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g")]
    [InlineData("not base64 at all, though long enough to be!")]
    [InlineData("short")]
    public void Constructor_FileWithoutAKey_SaysWhatToDoAndLeavesTheFile(string content)
    {
        Write(content);

        var failure = Assert.Throws<IOException>(FromFile);

        Assert.Equal(
            "The master key must be 32 bytes in base64. Correct the file that MasterKeyFile names, or remove it to get a new key.",
            failure.Message);
        Assert.Equal(content, File.ReadAllText(KeyFile));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Constructor_NewFile_IsReadableByItsOwnerAlone()
    {
        FromFile();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(KeyFile)!));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private MasterKey FromFile() => new(Options.Create(new MasterKeyOptions { MasterKeyFile = KeyFile }));

    private static MasterKey FromText(string key) => new(Options.Create(new MasterKeyOptions { MasterKey = key }));

    private void Write(string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(KeyFile)!);
        File.WriteAllText(KeyFile, content);
    }
}
