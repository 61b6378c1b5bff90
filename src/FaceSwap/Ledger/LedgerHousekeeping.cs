using FaceSwap.Storage;
using Microsoft.Extensions.Hosting;

namespace FaceSwap.Ledger;

/// <summary>Removes, beside the start of an instance of the app, the marks of messages that no judgement looks back to any more.</summary>
internal sealed class LedgerHousekeeping(SwapLedger ledger, TimeProvider time) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => BestEffort.TryAsync(ledger.RemoveOldUsesAsync, time, stoppingToken);
}
