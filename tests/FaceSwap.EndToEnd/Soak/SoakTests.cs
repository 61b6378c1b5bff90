using System.Globalization;
using System.Text.Json.Nodes;
using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Backend;
using FaceSwap.Testing.Time;
using NemoVideo.Simulator.Ledger;
using NemoVideo.Simulator.Messages;
using NemoVideo.Simulator.Scenarios;
using Xunit;

namespace FaceSwap.EndToEnd.Soak;

/// <summary>Many jobs at once against a backend that fails as it pleases. <c>eng/soak.sh</c> runs it long, the tests run it short.</summary>
public sealed class SoakTests(ITestOutputHelper output)
{
    private const int AtOnce = 12;

    private static readonly int Jobs = Number("FACESWAP_SOAK_JOBS", Environment.GetEnvironmentVariable("FACESWAP_FULL") == "1" ? 300 : 24);
    private static readonly int Seed = Number("FACESWAP_SEED", 1);

    [Fact]
    public async Task Jobs_UnderRandomFaults_EndRightAndPayAtMostOnce()
    {
        output.WriteLine($"{Jobs} jobs, seed {Seed}");
        await using var storage = await AzuriteFixture.StartOwnAsync();
        var backend = await SimulatorProcess.StartAsync("--anonymouscredits=1000000");
        await using var rig = await Rig.StartOwnAsync(storage, backend, ("Jobs__SecondAttemptAfter", "00:00:03"));
        var dice = new FaultDice(Seed);
        var ends = new Dictionary<string, JsonObject>();
        var outages = new Dictionary<bool, int> { [false] = 0, [true] = 0 };
        foreach (var wave in Enumerable.Range(0, Jobs).Chunk(AtOnce))
        {
            foreach (var _ in wave)
            {
                await rig.Backend.Control.ChooseAsync(dice.Throw());
            }

            var before = (await rig.Backend.Control.ReadLedgerAsync()).Messages.Count;
            var ids = await Task.WhenAll(wave.Select(_ => rig.Jobs.SubmitAsync()));
            var ended = Task.WhenAll(ids.Select(rig.Jobs.WaitForEndAsync));
            if (dice.ThrowOutage(wave.Length) is { } outage)
            {
                await EndureAsync(rig, backend, outage with { AfterMessages = before + outage.AfterMessages }, ended);
                outages[outage.OfStorage]++;
            }

            foreach (var job in await ended)
            {
                ends.Add((string)job["id"]!, job);
            }
        }

        var ledger = await rig.Backend.Control.ReadLedgerAsync();
        Report(ends, ledger);
        output.WriteLine($"{outages[false]} outages of the backend, {outages[true]} of the storage account");
        Assert.Equal(Jobs, ends.Count);
        var defects = ends.Values.Select(job => Defect(job, ledger, backendDied: outages[false] > 0)).OfType<string>().ToList();
        Assert.True(defects.Count == 0, string.Join('\n', defects));
        Assert.Empty(ledger.UnknownCalls);
    }

    private static async Task EndureAsync(Rig rig, SimulatorProcess backend, Outage outage, Task ended)
    {
        await Eventually.HoldsAsync(
            async () => ended.IsCompleted || (await rig.Backend.Control.ReadLedgerAsync()).Messages.Count >= outage.AfterMessages, "the moment of the outage");
        await (outage.OfStorage ? rig.Azurite.StopAsync() : backend.KillAsync());
        await Task.Delay(outage.Length, TimeProvider.System, TestContext.Current.CancellationToken);
        await (outage.OfStorage ? rig.Azurite.RestartAsync() : backend.RestartAsync());
    }

    /// <summary>What is wrong with how a job ended, or null.</summary>
    private static string? Defect(JsonObject job, LedgerView ledger, bool backendDied)
    {
        var id = (string)job["id"]!;
        var sessions = ledger.Sessions.Where(session => session.TaskName == id).Select(session => session.SessionId).ToHashSet();
        var messages = ledger.Messages.Where(message => sessions.Contains(message.SessionId)).ToList();
        var renders = ledger.Renders.Where(render => sessions.Contains(render.SessionId)).ToList();
        var code = (string?)job["error"]?["code"];
        var wasLost = messages.Any(message => message.Outcome == MessageOutcome.Cancelled)
            || ledger.Faults.Any(played => played.Fault.Kind == FaultKind.LostSession && sessions.Any(session => played.Counter.Contains(session, StringComparison.Ordinal)));

        var isPaid = messages.Any(message => message.Executions > 0 || message.Charged > 0);
        return messages.Sum(message => message.Executions) > 1 ? $"seed {Seed}: {id} had its message executed twice"
            : messages.Sum(message => message.Charged) > 100 ? $"seed {Seed}: {id} was charged twice"
            : renders.Any(render => !render.DraftExact) ? $"seed {Seed}: {id} sent another draft than it read"
            : renders.Any(render => !render.SeenToItsEnd) ? $"seed {Seed}: {id} left a render behind"
            : isPaid && code is not (null or "ambiguous_outcome") && !((string)job["error"]!["remedy"]!).Contains("export", StringComparison.Ordinal)
                ? $"seed {Seed}: {id} was paid for, and does not say how to have it: {job["error"]!.ToJsonString()}"
            : code is null && (string?)job["status"] == "completed" && renders.Any(render => render.Deliveries > 0) ? null
            : code == "ambiguous_outcome" && wasLost ? null

            // Sent to a backend that died before it wrote the message down: on an account that others use nobody can tell.
            : code == "ambiguous_outcome" && backendDied && messages.Count == 0 ? null
            : code == "backend_unavailable" && messages.Count == 0 ? null
            : $"seed {Seed}: {id} ended as {job["status"]} {job["error"]?.ToJsonString()}";
    }

    private void Report(Dictionary<string, JsonObject> ends, LedgerView ledger)
    {
        foreach (var group in ends.Values.GroupBy(job => (string?)job["error"]?["code"] ?? (string)job["status"]!).OrderByDescending(group => group.Count()))
        {
            output.WriteLine($"{group.Count(),5}  {group.Key}");
        }

        output.WriteLine($"{ledger.Messages.Count} messages, {ledger.Messages.Sum(message => message.Executions)} executed, "
            + $"{ledger.Messages.Count(message => message.Outcome == MessageOutcome.Cancelled)} cancelled by the backend; "
            + $"{ledger.Renders.Count} renders; {ledger.Faults.Count} faults played");
    }

    private static int Number(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
