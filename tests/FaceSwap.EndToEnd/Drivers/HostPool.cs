using FaceSwap.Testing.Callers;
using FaceSwap.Testing.Emulator;
using FaceSwap.Testing.Processes;

namespace FaceSwap.EndToEnd.Drivers;

/// <summary>
/// Hosts that tests use one after another: starting one costs as much processor time as ten jobs. A test has the host to itself, is a
/// caller of its own, and has an account of its own at a backend that nobody used before.
/// </summary>
/// <param name="newAccount">Gives a storage account to each host.</param>
/// <param name="issuer">Issues the callers' tokens.</param>
internal sealed class HostPool(Func<Task<StorageAccount>> newAccount, TokenIssuer issuer) : IAsyncDisposable
{
    /// <summary>Makes the tests of a host the caller <c>default</c>, as without an issuer.</summary>
    public static readonly (string Name, string Value) AsDefaultCaller = ("Callers__Authority", "");

    // Where the app keeps the account of a client without a token of its own.
    private const string AnonymousAccount = "system/anonymous-token";

    // Hosts with settings that few tests ask for. An idle host takes about a twentieth of a processor.
    private const int MostIdleWithSettings = 2;
    private static readonly TimeSpan BecomesIdleWithin = TimeSpan.FromSeconds(4);
    private static int callers;
    private readonly Lock idleLock = new();
    private readonly List<RigHost> idle = [];

    /// <summary>A host with these settings that no other test uses now, and a token for a caller that no other test is.</summary>
    /// <param name="settings">Named as environment variables, over those of <see cref="RigSettings"/>.</param>
    /// <returns>The host, and null instead of a token for <see cref="AsDefaultCaller"/>.</returns>
    public async Task<(RigHost Host, string? Token)> TakeAsync(IReadOnlyList<(string Name, string Value)> settings)
    {
        (string, string)[] authority = [("Callers__Authority", issuer.Name), ("Callers__Audience", TokenIssuer.Audience)];
        var host = TryTake(settings) ?? await RigHost.StartAsync(await newAccount(), FreePort.Next(), settings, authority);

        // The app still holds its last token: this backend refuses it, and the app finds no account to renew it for.
        await host.Container.GetBlobClient(AnonymousAccount).DeleteIfExistsAsync();
        return (host, settings.Contains(AsDefaultCaller) ? null : issuer.Issue($"test-{Interlocked.Increment(ref callers)}", TimeProvider.System.GetUtcNow()));
    }

    /// <summary>Takes a host back. One on which a test left work under way, or whose worker it killed, is not used again.</summary>
    /// <param name="host">The host.</param>
    /// <param name="endBackend">Ends its backend: the next one listens on the same port.</param>
    public async Task ReturnAsync(RigHost host, Func<ValueTask> endBackend)
    {
        var isIdle = await BecomesIdleAsync(host);
        await endBackend();
        await (isIdle ? KeepAsync(host) : host.DisposeAsync().AsTask());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in idle)
        {
            await host.DisposeAsync();
        }
    }

    private static async Task<bool> BecomesIdleAsync(RigHost host)
    {
        var started = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (host.App is { IsRunning: true, WorkerWasKilled: false } && TimeProvider.System.GetElapsedTime(started) < BecomesIdleWithin)
        {
            if (await host.IsIdleAsync())
            {
                return true;
            }

            await timer.WaitForNextTickAsync();
        }

        return false;
    }

    private RigHost? TryTake(IReadOnlyList<(string Name, string Value)> settings)
    {
        lock (idleLock)
        {
            var found = idle.Find(host => host.Settings.SequenceEqual(settings));
            if (found is not null)
            {
                idle.Remove(found);
            }

            return found;
        }
    }

    private async Task KeepAsync(RigHost host)
    {
        RigHost? oldest;
        lock (idleLock)
        {
            idle.Add(host);
            oldest = idle.Count(one => one.Settings.Count > 0) > MostIdleWithSettings ? idle.Find(one => one.Settings.Count > 0) : null;
            if (oldest is not null)
            {
                idle.Remove(oldest);
            }
        }

        await (oldest?.DisposeAsync() ?? ValueTask.CompletedTask);
    }
}
