using System.Globalization;
using System.Text.Json.Nodes;
using FaceSwap.EndToEnd.Drivers;
using NemoVideo.Simulator.Ledger;
using NemoVideo.Simulator.Messages;
using NemoVideo.Simulator.Scenarios;
using Xunit;

namespace FaceSwap.EndToEnd.Soak;

/// <summary>Many jobs at once against a backend that fails as it pleases. <c>eng/soak.sh</c> runs it long, the tests run it short.</summary>
public sealed class SoakTests(AzuriteFixture azurite, ITestOutputHelper output)
{
    private const int AtOnce = 12;

    private static readonly int Jobs = Number("FACESWAP_SOAK_JOBS", Environment.GetEnvironmentVariable("FACESWAP_FULL") == "1" ? 300 : 40);
    private static readonly int Seed = Number("FACESWAP_SEED", Environment.TickCount & int.MaxValue);

    [Fact]
    public async Task Jobs_UnderRandomFaults_EndRightAndPayAtMostOnce()
    {
        output.WriteLine($"{Jobs} jobs, seed {Seed}");
        await using var rig = await Rig.StartAsync(azurite, ["--anonymouscredits=1000000"], ("Jobs__SecondAttemptAfter", "00:00:03"));
        var dice = new FaultDice(Seed);
        var ends = new Dictionary<string, JsonObject>();
        foreach (var wave in Enumerable.Range(0, Jobs).Chunk(AtOnce))
        {
            foreach (var _ in wave)
            {
                await rig.Backend.Control.ChooseAsync(dice.Throw());
            }

            var ids = await Task.WhenAll(wave.Select(_ => rig.Jobs.SubmitAsync()));
            foreach (var job in await Task.WhenAll(ids.Select(rig.Jobs.WaitForEndAsync)))
            {
                ends.Add((string)job["id"]!, job);
            }
        }

        var ledger = await rig.Backend.Control.ReadLedgerAsync();
        Report(ends, ledger);
        Assert.Equal(Jobs, ends.Count);
        Assert.Empty(ends.Values.Select(job => Defect(job, ledger)).OfType<string>());
        Assert.Empty(ledger.UnknownCalls);
    }

    /// <summary>What is wrong with how a job ended, or null.</summary>
    private static string? Defect(JsonObject job, LedgerView ledger)
    {
        var id = (string)job["id"]!;
        var sessions = ledger.Sessions.Where(session => session.TaskName == id).Select(session => session.SessionId).ToHashSet();
        var messages = ledger.Messages.Where(message => sessions.Contains(message.SessionId)).ToList();
        var renders = ledger.Renders.Where(render => sessions.Contains(render.SessionId)).ToList();
        var code = (string?)job["error"]?["code"];
        var wasLost = messages.Any(message => message.Outcome == MessageOutcome.Cancelled)
            || ledger.Faults.Any(played => played.Fault.Kind == FaultKind.LostSession && sessions.Any(session => played.Counter.Contains(session, StringComparison.Ordinal)));

        return messages.Sum(message => message.Executions) > 1 ? $"seed {Seed}: {id} had its message executed twice"
            : messages.Sum(message => message.Charged) > 100 ? $"seed {Seed}: {id} was charged twice"
            : renders.Any(render => !render.DraftExact) ? $"seed {Seed}: {id} sent another draft than it read"
            : renders.Any(render => !render.SeenToItsEnd) ? $"seed {Seed}: {id} left a render behind"
            : code is null && (string?)job["status"] == "completed" && renders.Any(render => render.Deliveries > 0) ? null
            : code == "ambiguous_outcome" && wasLost ? null
            : $"seed {Seed}: {id} ended as {job["status"]} {job["error"]?.ToJsonString()}";
    }

    private void Report(Dictionary<string, JsonObject> ends, LedgerView ledger)
    {
        foreach (var group in ends.Values.GroupBy(job => (string?)job["error"]?["code"] ?? (string)job["status"]!).OrderByDescending(group => group.Count()))
        {
            output.WriteLine($"{group.Count(),5}  {group.Key}");
        }

        output.WriteLine($"{ledger.Messages.Count} messages, {ledger.Messages.Sum(message => message.Executions)} executed; "
            + $"{ledger.Renders.Count} renders; {ledger.Faults.Count} faults played");
    }

    private static int Number(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
