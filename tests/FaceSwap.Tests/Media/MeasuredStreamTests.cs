using System.Security.Cryptography;
using FaceSwap.Errors;
using FaceSwap.Media;
using Xunit;

namespace FaceSwap.Tests.Media;

public sealed class MeasuredStreamTests
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 10_000).Select(i => (byte)(i * 31))];

    [Theory]
    [InlineData(0, 1)]
    [InlineData(64, 7)]
    [InlineData(64, 4096)]
    [InlineData(10_000, 4096)]
    public async Task ReadAsync_AnySplit_PassesEveryByteOnAndHashesIt(int alreadyRead, int bufferSize)
    {
        using var inner = new MemoryStream(Content[alreadyRead..]);
        using var measured = new MeasuredStream(inner, Content.AsMemory(0, alreadyRead), limit: Content.Length);
        using var copy = new MemoryStream();

        await measured.CopyToAsync(copy, bufferSize, TestContext.Current.CancellationToken);

        Assert.Equal(Content, copy.ToArray());
        Assert.Equal(Content.Length, measured.Count);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Content)), measured.FinishHash());
    }

    [Fact]
    public async Task ReadAsync_OneByteOverTheLimit_IsTooLarge()
    {
        using var inner = new MemoryStream(Content);
        using var measured = new MeasuredStream(inner, default, limit: Content.Length - 1);

        var failure = await Assert.ThrowsAsync<FaceSwapException>(() => measured.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken));

        Assert.Equal(ErrorCodes.MediaTooLarge, failure.Code);
    }
}
