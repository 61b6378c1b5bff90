using FaceSwap.Keys;
using Microsoft.Extensions.Options;
using Xunit;

namespace FaceSwap.Tests.Keys;

public sealed class SealedBoxTests
{
    [Fact]
    public void Seal_Twice_GivesDifferentBoxesThatBothOpen()
    {
        var box = Box();
        var (first, second) = (box.Seal("secret"u8), box.Seal("secret"u8));

        Assert.NotEqual(first[..12], second[..12]);
        Assert.NotEqual(first[28..], second[28..]);
        Assert.Equal("secret"u8.ToArray(), box.Open(first));
        Assert.Equal("secret"u8.ToArray(), Box().Open(second));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(5000)]
    public void Seal_SecretOfAnyLength_IsTwentyEightBytesLongerAndComesBack(int length)
    {
        var secret = Enumerable.Repeat((byte)7, length).ToArray();
        var box = Box().Seal(secret);

        Assert.Equal(length + 28, box.Length);
        Assert.Equal(secret, Box().Open(box));
    }

    [Fact]
    public void Seal_Secret_DoesNotShowIt() => Assert.Equal(-1, Box().Seal("secret"u8).AsSpan().IndexOf("secret"u8));

    /// <summary>Boxes that another implementation sealed: what is stored must open for as long as the master key lives.</summary>
    [Theory]
    [InlineData("000102030405060708090a0b9114d5a3ebb7f8f24285a52b1305e04e42f9faedcc76", "736563726574")]
    [InlineData("000102030405060708090a0b30a3a5367306c2ab47a77af179e45cc6", "")]
    public void Open_BoxOfAFixedKey_GivesItsSecret(string box, string secret) =>
        Assert.Equal(secret, Convert.ToHexStringLower(Box().Open(Convert.FromHexString(box))!));

    [Fact]
    public void Open_BoxWithAnyBitAltered_GivesNothing()
    {
        var sealedBox = Box().Seal("secret"u8);

        Assert.All(Enumerable.Range(0, sealedBox.Length * 8), bit =>
        {
            var altered = sealedBox.ToArray();
            altered[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Null(Box().Open(altered));
        });
    }

    [Fact]
    public void Open_BoxCutOrExtended_GivesNothing()
    {
        var sealedBox = Box().Seal("secret"u8);

        Assert.All(Enumerable.Range(0, sealedBox.Length), length => Assert.Null(Box().Open(sealedBox.AsSpan(0, length))));
        Assert.Null(Box().Open([.. sealedBox, 0]));
    }

    [Fact]
    public void Open_BoxOfAnotherPurposeOrKey_GivesNothing()
    {
        var sealedBox = Box().Seal("secret"u8);

        Assert.Null(Box(purpose: "other").Open(sealedBox));
        Assert.Null(Box(key: SampleKeys.Zeros).Open(sealedBox));
    }

    private static SealedBox Box(string key = SampleKeys.Counting, string purpose = "token") =>
        new(new MasterKey(Options.Create(new MasterKeyOptions { MasterKey = key })), purpose);
}
