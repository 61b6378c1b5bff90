using Azure;
using FaceSwap.Jobs;
using FaceSwap.Ledger;
using FaceSwap.NemoVideo.Messages;
using FaceSwap.Testing.Time;
using Xunit;

namespace FaceSwap.Tests.Ledger;

/// <summary>What people see while a long edit runs.</summary>
public sealed class SwapProgressTests
{
    private readonly FakeClock clock = new();
    private readonly List<JobProgress> written = [];

    [Fact]
    public async Task OnEventAsync_FiveMinutesOfHeartbeats_SaysThatTheWorkGoesOnAndNeverGoesBack()
    {
        var progress = Progress();

        await PlayAsync(progress, NemoEventKind.Heartbeat, seconds: 300);

        Assert.Equal(written.Select(entry => entry.Percent).Order(), written.Select(entry => entry.Percent));
        Assert.InRange(written[^1].Percent, 60, 65);
        Assert.Equal("The backend works on the edit.", written[0].Note);
        Assert.Contains(written, entry => entry.Note!.Contains("no news for 2 minutes", StringComparison.Ordinal));
        Assert.Contains(written, entry => entry.Note!.Contains("no news for 5 minutes", StringComparison.Ordinal));
    }

    [Fact]
    public async Task OnEventAsync_ManyEventsASecond_WritesEveryTwoSeconds()
    {
        var progress = Progress();

        for (var i = 0; i < 100; i++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(100));
            await progress.OnEventAsync(NemoEventKind.Text, TestContext.Current.CancellationToken);
        }

        Assert.Equal(5, written.Count);
    }

    [Fact]
    public async Task OnEventAsync_StorageIsAway_LeavesTheStreamAlone()
    {
        var progress = new SwapProgress((_, _) => throw new RequestFailedException("away"), clock);

        await PlayAsync(progress, NemoEventKind.Tool, seconds: 10);

        Assert.Empty(written);
    }

    private SwapProgress Progress() => new(
        (entry, _) =>
        {
            written.Add(entry);
            return Task.CompletedTask;
        },
        clock);

    private async Task PlayAsync(SwapProgress progress, NemoEventKind kind, int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await progress.OnEventAsync(kind, TestContext.Current.CancellationToken);
        }
    }
}
