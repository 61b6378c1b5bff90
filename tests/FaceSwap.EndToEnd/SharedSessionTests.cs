using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Media;
using NemoVideo.Simulator.Gates;
using NemoVideo.Simulator.Scenarios;
using Xunit;

namespace FaceSwap.EndToEnd;

/// <summary>Batches whose items share a session: the media go up once, the instructions run one by one, and each has a render.</summary>
public sealed class SharedSessionTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Batch_InOneSession_UploadsOnce_AndRendersEach()
    {
        await using var rig = await Rig.StartInProcessAsync(azurite);
        await using var media = await MediaServer.StartAsync();

        await rig.EditedInOneSessionAsync(await rig.SubmitBatchAsync(BatchCalls.SharedOf(media)));
    }

    [Fact]
    public async Task Batch_InOneSession_StopsWhereAnEditMayYetAppear()
    {
        await using var rig = await Rig.StartInProcessAsync(azurite);
        await using var media = await MediaServer.StartAsync();
        var hold = new Hold { At = Point.MessageStreaming, Gate = "shared" };
        await rig.Backend.Control.ChooseAsync(new Scenario { NextSessions = 1, Holds = [hold], OnDisconnect = OnDisconnect.Cancel });
        var batch = BatchCalls.BatchOf(media, 3);
        batch["mode"] = "shared_session";
        var id = await rig.SubmitBatchAsync(batch);
        await rig.Backend.Control.WaitForGateAsync(hold.Gate);

        var first = (string)(await rig.Jobs.GetAsync($"api/batches/{id}/items")).Body["items"]![0]!["jobId"]!;
        Assert.Equal(202, (await rig.Jobs.PostAsync($"api/jobs/{first}/cancel", "{}")).Status);

        var ended = await rig.WaitForBatchAsync(id);
        Assert.Equal(("stopped", 1), ((string?)ended["status"], (int?)ended["counts"]!["cancelled"]));
        Assert.Single((await rig.Backend.Control.ReadLedgerAsync()).Messages);
    }

    [Fact]
    public async Task Batch_InOneSession_WhoseSessionIsLost_GoesOnInAnother()
    {
        await using var rig = await Rig.StartInProcessAsync(azurite);
        await using var media = await MediaServer.StartAsync();
        var batch = BatchCalls.BatchOf(media, 3);
        batch["mode"] = "shared_session";
        await rig.Backend.Control.ChooseAsync(new Scenario { NextSessions = 1, Faults = [new Fault { Call = BackendCall.Message, Kind = FaultKind.LostSession, Skip = 1 }] });

        var ended = await rig.WaitForBatchAsync(await rig.SubmitBatchAsync(batch));

        // The second item's session was gone, and said so; the third took a new one, with all media.
        Assert.Equal(("completed", 2, 1), ((string?)ended["status"], (int?)ended["counts"]!["completed"], (int?)ended["counts"]!["failed"]));
        var ledger = await rig.Backend.Control.ReadLedgerAsync();
        Assert.Equal(2, ledger.Sessions.Count);
        Assert.All(ledger.Sessions, session => Assert.Equal(4, session.Files.Count));
    }
}
