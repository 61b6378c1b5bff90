using FaceSwap.LocalHost.Durable.Storage;
using FaceSwap.LocalHost.Tests.Engine;
using Xunit;

namespace FaceSwap.LocalHost.Tests.Storage;

/// <summary>One state file, two processes.</summary>
public sealed class LeaseTests : IAsyncLifetime
{
    private const string ShortLease = "900";
    private const string LongLease = "600000";

    private readonly EngineFixture _engine = new() { LeaseLength = TimeSpan.FromMinutes(10) };
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(60));

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        _deadline.Dispose();
    }

    [Fact]
    public async Task SecondHost_WhileTheFirstLives_WaitsAndSaysWhoHoldsIt()
    {
        await using var first = await StartChildAsync(LongLease);
        var second = _engine.StartAsync(_deadline.Token);
        await _engine.Log.ContainsAsync($"process {first.Id}", _deadline.Token);
        Assert.False(second.IsCompleted);
        Assert.Equal("still mine", await first.AskAsync("still mine", _deadline.Token));

        await first.KillAsync();
        await second;
    }

    [Fact]
    public async Task Start_AfterAKilledHost_TakesOverAtOnce()
    {
        await using var first = await StartChildAsync(LongLease);
        await first.KillAsync();
        await _engine.StartAsync(_deadline.Token);
        Assert.False(_engine.Log.Contains("in use"));
    }

    [Fact]
    public async Task FrozenHost_LosesTheLease_AndWritesNothingMore()
    {
        await using var first = await StartChildAsync(ShortLease);
        first.Freeze();
        var second = await _engine.StartAsync(_deadline.Token);
        first.Thaw();
        Assert.Equal(nameof(StateFileProblem.LeaseLost), await first.AskAsync("too late", _deadline.Token));
        await foreach (var _ in second.GetAllInstancesAsync())
        {
            Assert.Fail("The frozen host wrote an instance.");
        }
    }

    [Fact]
    public async Task IdleHost_RenewsItsLease_BeyondItsLength()
    {
        await using var first = await StartChildAsync(ShortLease);
        await using StateWatch watch = new(_engine.StateFile);
        await watch.SeesRenewalsAsync(count: 3, _deadline.Token);
        Assert.Equal("alive", await first.AskAsync("alive", _deadline.Token));
    }

    private async Task<ChildProcess> StartChildAsync(string lease)
    {
        ChildProcess child = new(LeaseChild.Verb, _engine.Folder, lease);
        await child.ReadsAsync(LeaseChild.Running, _deadline.Token);
        return child;
    }
}
