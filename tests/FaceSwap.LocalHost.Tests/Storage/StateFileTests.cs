using FaceSwap.LocalHost.Durable.Storage;
using FaceSwap.LocalHost.Tests.Engine;
using Microsoft.Data.Sqlite;
using Xunit;

namespace FaceSwap.LocalHost.Tests.Storage;

#pragma warning disable CA2100 // Constants of this test.
/// <summary>Files that cannot be used: the reason is said, and nothing in them is overwritten.</summary>
public sealed class StateFileTests : IAsyncLifetime
{
    private readonly EngineFixture _engine = new() { BusyTimeout = TimeSpan.FromSeconds(1) };
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(30));

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        _deadline.Dispose();
    }

    [Fact]
    public async Task Start_FileIsNoDatabase_LeavesItAsItIs()
    {
        string text = new('x', 5000);
        await File.WriteAllTextAsync(_engine.StateFile, text, _deadline.Token);
        await FailsAsync(StateFileProblem.Damaged);
        Assert.Equal(text, await File.ReadAllTextAsync(_engine.StateFile, _deadline.Token));
    }

    [Fact]
    public async Task Start_DatabaseOfAnotherProgram_IsRefused()
    {
        Execute("CREATE TABLE theirs (x); INSERT INTO theirs VALUES (1);");
        await FailsAsync(StateFileProblem.Damaged);
        Assert.Equal(1L, Query("SELECT count(*) FROM theirs"));
        Assert.Equal(1L, Query("SELECT count(*) FROM sqlite_schema"));
    }

    [Fact]
    public async Task Start_NewerSchema_IsRefused()
    {
        await _engine.StartAsync(_deadline.Token);
        await _engine.StopAsync();
        Execute("PRAGMA user_version = 99;");
        var problem = await FailsAsync(StateFileProblem.NewerSchema);
        Assert.Contains("99", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_LockedByAnotherProgram_SaysSo()
    {
        await _engine.StartAsync(_deadline.Token);
        await _engine.StopAsync();
        await using var other = Open();
        Run(other, "BEGIN EXCLUSIVE;");
        await FailsAsync(StateFileProblem.Locked);
    }

    [Fact]
    public async Task Start_FolderCannotBeMade_SaysSo()
    {
        await using EngineFixture engine = new("/proc/nowhere");
        var problem = await Assert.ThrowsAsync<StateFileException>(() => engine.StartAsync(_deadline.Token));
        Assert.Equal(StateFileProblem.Unreachable, problem.Problem);
    }

    [Fact]
    public async Task Write_DiskFull_StopsTheHost_AndKeepsWhatWasConfirmed()
    {
        _engine.Tasks.AddOrchestrator<string, string>("Wait", (context, _) => context.WaitForExternalEvent<string>("Go"));
        _engine.MaxPages = 100;
        var client = await _engine.StartAsync(_deadline.Token);
        int confirmed = 0;
        var problem = await Assert.ThrowsAsync<StateFileException>(async () =>
        {
            while (true)
            {
                await client.ScheduleNewOrchestrationInstanceAsync("Wait", new string('x', 20_000), _deadline.Token);
                confirmed++;
            }
        });
        Assert.Equal(StateFileProblem.Full, problem.Problem);
        Assert.Single(_engine.Faults);
        await _engine.StopAsync();

        _engine.MaxPages = null;
        await _engine.StartAsync(_deadline.Token);
        Assert.Equal(confirmed, _engine.Hub.Reader.Query(new InstanceFilter(), 0, 1000, false).Count);
        Assert.Equal("ok", Query("PRAGMA integrity_check"));
    }

    private async Task<StateFileException> FailsAsync(StateFileProblem expected)
    {
        var problem = await Assert.ThrowsAsync<StateFileException>(() => _engine.StartAsync(_deadline.Token));
        Assert.Equal(expected, problem.Problem);
        Assert.Contains(_engine.StateFile, problem.Message, StringComparison.Ordinal);
        return problem;
    }

    private SqliteConnection Open()
    {
        SqliteConnection connection = new($"Data Source={_engine.StateFile};Pooling=False");
        connection.Open();
        return connection;
    }

    private void Execute(string sql)
    {
        using var connection = Open();
        Run(connection, sql);
    }

    private object? Query(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
