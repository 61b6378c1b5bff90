using FaceSwap.Storage;
using Microsoft.Extensions.Hosting;

namespace FaceSwap.Ledger;

/// <summary>Removes, when an instance of the app starts, the marks of messages that no judgement looks back to any more.</summary>
internal sealed class LedgerHousekeeping(SwapLedger ledger, TimeProvider time) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) =>
        BestEffort.WriteAsync(token => ledger.RemoveOldUsesAsync(token), time, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
