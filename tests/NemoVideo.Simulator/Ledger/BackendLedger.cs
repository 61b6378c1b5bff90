using Microsoft.Extensions.Options;

namespace NemoVideo.Simulator.Ledger;

/// <summary>Writes facts down, then lets them change the world: one at a time, in the order of the file.</summary>
internal sealed class BackendLedger : IDisposable
{
    private readonly Lock gate = new();
    private readonly LedgerFile file;
    private readonly TimeProvider time;

    public BackendLedger(IOptions<SimulatorOptions> options, TimeProvider time)
    {
        this.time = time;
        Directory.CreateDirectory(options.Value.Data);
        file = new LedgerFile(Path.Combine(options.Value.Data, "ledger.jsonl"));
        foreach (var entry in file.ReadAll())
        {
            entry.Apply(World);
        }
    }

    public World World { get; } = new();

    public void Write(LedgerEntry entry) => TryWrite(_ => entry);

    /// <summary>Decides and writes in one step, so that two callers cannot both find room for one thing.</summary>
    /// <returns>False when <paramref name="decide"/> found nothing to write.</returns>
    public bool TryWrite(Func<World, LedgerEntry?> decide)
    {
        lock (gate)
        {
            if (decide(World) is not { } entry)
            {
                return false;
            }

            var dated = entry with { At = time.GetUtcNow() };
            file.Append(dated);
            dated.Apply(World);
            return true;
        }
    }

    public void Dispose() => file.Dispose();
}
