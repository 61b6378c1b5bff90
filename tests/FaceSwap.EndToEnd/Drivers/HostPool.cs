using System.Collections.Concurrent;
using FaceSwap.Testing.Callers;
using FaceSwap.Testing.Emulator;
using FaceSwap.Testing.Processes;

namespace FaceSwap.EndToEnd.Drivers;

/// <summary>
/// Hosts with the same settings, which tests use one after another. A test has the host to itself, comes as a caller of its own unless it
/// asks for <c>default</c>, and finds a backend and a webhook receiver that nobody used before: what an earlier test left in storage is
/// another caller's.
/// </summary>
/// <param name="azurite">The emulator.</param>
/// <param name="issuer">Issues the callers' tokens; null: every test is the caller <c>default</c>.</param>
/// <param name="settings">Named as environment variables, over those of <see cref="RigSettings"/>.</param>
internal sealed class HostPool(AzuriteServer azurite, TokenIssuer? issuer, params (string Name, string Value)[] settings) : IAsyncDisposable
{
    private static readonly TimeSpan BecomesIdleWithin = TimeSpan.FromSeconds(4);
    private static int callers;
    private readonly ConcurrentBag<RigHost> idle = [];

    /// <summary>A host that no other test uses now, and a token for a caller that no other test is, if there is an issuer.</summary>
    public async Task<(RigHost Host, string? Token)> TakeAsync()
    {
        (string, string)[] authority = issuer is null ? [] : [("Callers__Authority", issuer.Name), ("Callers__Audience", TokenIssuer.Audience)];
        var host = idle.TryTake(out var free) ? free : await RigHost.StartAsync(azurite, FreePort.Next(), [.. authority, .. settings]);
        return (host, issuer?.Issue($"test-{Interlocked.Increment(ref callers)}", TimeProvider.System.GetUtcNow()));
    }

    /// <summary>Takes a host back. One on which a test left work under way, or which it killed, is not used again.</summary>
    public async Task ReturnAsync(RigHost host)
    {
        var started = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (host.App.IsRunning && TimeProvider.System.GetElapsedTime(started) < BecomesIdleWithin)
        {
            if (await host.IsIdleAsync())
            {
                idle.Add(host);
                return;
            }

            await timer.WaitForNextTickAsync();
        }

        await host.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in idle)
        {
            await host.DisposeAsync();
        }
    }
}
