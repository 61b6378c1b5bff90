using FaceSwap.NemoVideo.Messages;
using Xunit;

namespace FaceSwap.Tests.NemoVideo.Messages;

public sealed class InstructionContentTests
{
    private static readonly TimeProvider Time = TimeProvider.System;

    [Fact]
    public async Task CopyToAsync_SecondTime_WritesNothing()
    {
        using var content = new InstructionContent([1, 2, 3], Time.GetUtcNow().AddMinutes(1), Time);
        using var first = new MemoryStream();
        using var second = new MemoryStream();

        await content.CopyToAsync(first, TestContext.Current.CancellationToken);
        await Assert.ThrowsAnyAsync<Exception>(() => content.CopyToAsync(second, TestContext.Current.CancellationToken));

        Assert.Equal(3, first.Length);
        Assert.Equal(0, second.Length);
        Assert.True(content.WasWritten);
    }

    [Fact]
    public async Task CopyToAsync_AfterTheSendByTime_WritesNothing()
    {
        using var content = new InstructionContent([1, 2, 3], Time.GetUtcNow().AddTicks(-1), Time);
        using var target = new MemoryStream();

        await Assert.ThrowsAnyAsync<Exception>(() => content.CopyToAsync(target, TestContext.Current.CancellationToken));

        Assert.Equal(0, target.Length);
        Assert.False(content.WasWritten);
    }
}
