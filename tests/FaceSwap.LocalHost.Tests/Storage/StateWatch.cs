using System.Data;
using Microsoft.Data.Sqlite;

namespace FaceSwap.LocalHost.Tests.Storage;

/// <summary>Looks into a state file from outside, while a host works on it.</summary>
internal sealed class StateWatch(string stateFile) : IAsyncDisposable
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(20);

    private readonly SqliteConnection _connection = new($"Data Source={stateFile};Pooling=False");

    public async Task SeesRenewalsAsync(int count, CancellationToken cancellation)
    {
        HashSet<long> expiries = [];
        while (expiries.Count <= count)
        {
            expiries.Add(await ReadAsync("SELECT expires_at FROM lease", cancellation));
            await Task.Delay(LookAgain, TimeProvider.System, cancellation);
        }
    }

    public async Task SeesNoActivitiesAsync(CancellationToken cancellation)
    {
        while (await ReadAsync("SELECT count(*) FROM activities", cancellation) > 0)
        {
            await Task.Delay(LookAgain, TimeProvider.System, cancellation);
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async Task<long> ReadAsync(string sql, CancellationToken cancellation)
    {
        if (_connection.State != ConnectionState.Open)
        {
            await _connection.OpenAsync(cancellation);
        }

        await using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
