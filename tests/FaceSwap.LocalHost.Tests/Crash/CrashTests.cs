using FaceSwap.LocalHost.Durable.Storage;
using FaceSwap.LocalHost.Tests.Engine;
using Microsoft.Data.Sqlite;
using Microsoft.DurableTask.Client;
using Xunit;

namespace FaceSwap.LocalHost.Tests.Crash;

/// <summary>Kills the engine's process at random moments and looks whether anything was lost or done wrong.</summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    private const int ShortKills = 10;
    private const int FullKills = 100;
    private const int LongestLife = 400;

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task KilledAtRandomMoments_EveryOrchestrationEndsWithItsResult()
    {
        int kills = Environment.GetEnvironmentVariable("FACESWAP_FULL") == "1" ? FullKills : ShortKills;
        int seed = int.TryParse(Environment.GetEnvironmentVariable("FACESWAP_SEED"), out int given) ? given : 1;
        output.WriteLine($"seed {seed} (FACESWAP_SEED), {kills} kills");
        using CancellationTokenSource deadline = new(Deadline);
        await using EngineFixture engine = new();
        string pace = $"{kills * 3}";

        Random random = new(seed);
        for (int kill = 0; kill < kills; kill++)
        {
            await using ChildProcess child = new(CrashChild.Verb, engine.Folder, pace);
            if (random.Next(5) > 0)
            {
                await child.ReadsAsync(CrashChild.Running, deadline.Token);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(LongestLife)), TimeProvider.System, deadline.Token);
            await child.KillAsync();
        }

        await using (ChildProcess last = new(CrashChild.Verb, engine.Folder, pace))
        {
            await last.ReadsAsync(CrashChild.Done, deadline.Token);
        }

        CheckResults(new StateReader(new StateFile(engine.StateFile, TimeSpan.FromSeconds(5))));
        CheckLedger(engine.Folder);
        CheckFile(engine.StateFile);
    }

    private static void CheckResults(StateReader reader)
    {
        for (int number = 0; number < CrashWorkload.Count; number++)
        {
            var instance = reader.Get(CrashWorkload.IdOf(number), withPayloads: true)!;
            Assert.True(
                instance.Status == OrchestrationRuntimeStatus.Completed,
                $"{instance.InstanceId} ({instance.Name}) is {instance.Status}: {instance.Output}");
            Assert.Equal(CrashWorkload.ResultOf(number).ToString(), instance.Output);
        }
    }

    private static void CheckLedger(string folder)
    {
        HashSet<string> lines = [.. File.ReadLines(CrashWorkload.LedgerOf(folder))];
        Assert.All(Enumerable.Range(0, CrashWorkload.Count).SelectMany(CrashWorkload.LinesOf), line => Assert.Contains(line, lines));
    }

    // Everything that was to be done is done, and the file is whole.
    private static void CheckFile(string path)
    {
        using SqliteConnection connection = new($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT (SELECT group_concat(integrity_check) FROM pragma_integrity_check) || ' '"
            + " || (SELECT count(*) FROM activities) || ' ' || (SELECT count(*) FROM timers) || ' ' || (SELECT count(*) FROM messages)";
        Assert.Equal("ok 0 0 0", command.ExecuteScalar());
    }
}
