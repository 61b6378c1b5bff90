using FaceSwap.Keys;
using Xunit;

namespace FaceSwap.Tests.Keys;

public sealed class MasterKeyOptionsTests
{
    private const string SetOne =
        "Set either MasterKey (32 bytes in base64, for example from 'openssl rand -base64 32') or MasterKeyFile (a path; created when missing).";

    private const string NoKey = "MasterKey must be 32 bytes in base64.";

    [Theory]
    [InlineData(SampleKeys.Counting, null)]
    [InlineData(SampleKeys.Counting, "")]
    [InlineData(SampleKeys.Counting + "\n", null)]
    [InlineData(null, "master.key")]
    [InlineData("", "master.key")]
    public void Validate_OneSource_IsAccepted(string? key, string? file) => Assert.Empty(Problems(key, file));

    [Theory]
    [InlineData(null, null, SetOne)]
    [InlineData("", "", SetOne)]
    [InlineData(SampleKeys.Counting, "master.key", SetOne)]
    [InlineData("short", "master.key", SetOne)]
    [InlineData("short", null, NoKey)]
    [InlineData(" ", null, NoKey)]
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg==", null, NoKey)]
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g", null, NoKey)]
    public void Validate_AnythingElse_SaysWhatIsNeeded(string? key, string? file, string problem) =>
        Assert.Equal(problem, Assert.Single(Problems(key, file)).Split(": ", 2)[1]);

    [Fact]
    public void Validate_Problem_NamesTheSetting() =>
        Assert.StartsWith("MasterKey: ", Assert.Single(Problems(null, null)), StringComparison.Ordinal);

    private static IEnumerable<string> Problems(string? key, string? file) =>
        new MasterKeyOptionsValidator().Validate(null, new MasterKeyOptions { MasterKey = key, MasterKeyFile = file }).Failures ?? [];
}
