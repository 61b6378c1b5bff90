using FaceSwap.Errors;
using FaceSwap.Functions.Edge.Durable;
using FaceSwap.Functions.Jobs.Run;
using Microsoft.DurableTask.Client;
using Xunit;

namespace FaceSwap.Tests.Edge;

/// <summary>A start under an id of our own: made once, told truly.</summary>
public sealed class InstanceStartTests : IAsyncDisposable
{
    private readonly ScriptedClient _client = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    [Fact]
    public async Task Start_NamesEveryStatusAsADuplicate()
    {
        await StartAsync();

        Assert.Equal([("FaceSwapJob", "job_1", "input")], _client.Started);
        Assert.Equal(
            StartOrchestrationOptionsExtensions.ValidDedupeStatuses.Select(status => status.ToString()).Order(),
            _client.Options!.DedupeStatuses!.Order());
        Assert.Contains(nameof(OrchestrationRuntimeStatus.Completed), _client.Options.DedupeStatuses!);
    }

    [Theory]
    [InlineData(OrchestrationRuntimeStatus.Running)]
    [InlineData(OrchestrationRuntimeStatus.Completed)]
    [InlineData(OrchestrationRuntimeStatus.Failed)]
    public async Task Start_OfOneThatExists_IsContent(OrchestrationRuntimeStatus status)
    {
        _client.Set("job_1", status);

        await StartAsync();

        Assert.Empty(_client.Started);
    }

    [Fact]
    public async Task Start_WhoseAnswerIsLost_IsSeenToHaveHappened()
    {
        _client.After = _ => throw new IOException("The connection broke.");

        await StartAsync();

        Assert.Single(_client.Started);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Start_ThatCannotBeSeen_IsUnknown(bool readingFailsToo)
    {
        var broken = new IOException("The connection broke.");
        _client.Before = _ => throw broken;
        _client.Reading = _ => _ = readingFailsToo ? throw new IOException("Again.") : "";

        var failure = await Assert.ThrowsAsync<FaceSwapException>(StartAsync);

        Assert.Equal((ErrorCodes.StartUnknown, "Whether job_1 was started cannot be told yet."), (failure.Code, failure.Message));
        Assert.Same(broken, failure.InnerException);
    }

    [Fact]
    public async Task Start_GivenUpBefore_StartsNothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _client.StartOnceAsync(nameof(FaceSwapJob), "job_1", "input", new CancellationToken(canceled: true)));

        Assert.Empty(_client.Started);
    }

    [Fact]
    public async Task Start_GivenUpMeanwhile_GoesThrough()
    {
        using var caller = new CancellationTokenSource();
        _client.Before = _ => caller.Cancel();

        await _client.StartOnceAsync(nameof(FaceSwapJob), "job_1", "input", caller.Token);

        Assert.Single(_client.Started);
    }

    private Task StartAsync() => _client.StartOnceAsync(nameof(FaceSwapJob), "job_1", "input", Token);
}
