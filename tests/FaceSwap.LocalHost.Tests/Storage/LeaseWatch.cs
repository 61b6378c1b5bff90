using Microsoft.Data.Sqlite;

namespace FaceSwap.LocalHost.Tests.Storage;

/// <summary>Looks at the lease row from outside.</summary>
internal sealed class LeaseWatch(string stateFile) : IAsyncDisposable
{
    private readonly SqliteConnection _connection = new($"Data Source={stateFile};Pooling=False");

    public async Task SeesRenewalsAsync(int count, CancellationToken cancellation)
    {
        await _connection.OpenAsync(cancellation);
        HashSet<long> expiries = [];
        while (expiries.Count <= count)
        {
            await using SqliteCommand command = _connection.CreateCommand();
            command.CommandText = "SELECT expires_at FROM lease";
            expiries.Add((long)(await command.ExecuteScalarAsync(cancellation))!);
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellation);
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
