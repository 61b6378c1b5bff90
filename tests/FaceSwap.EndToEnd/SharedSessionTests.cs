using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Media;
using NemoVideo.Simulator.Gates;
using NemoVideo.Simulator.Renders;
using NemoVideo.Simulator.Scenarios;
using Xunit;

namespace FaceSwap.EndToEnd;

/// <summary>Batches whose items share a session: the media go up once, the instructions run one by one, and each has a render.</summary>
public sealed class SharedSessionTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Batch_InOneSession_UploadsOnce_AndRendersEach(bool hostDies)
    {
        await using var rig = await (hostDies ? Rig.StartAsync(azurite) : Rig.StartInProcessAsync(azurite));
        await using var media = await MediaServer.StartAsync();
        var batch = BatchCalls.BatchOf(media, 3);
        batch["mode"] = "shared_session";
        batch["items"]![2]!["instruction"] = "put both clips one after the other";

        var id = await rig.SubmitBatchAsync(batch);
        if (hostDies)
        {
            await rig.WaitForBatchAsync(id, shown => (int)shown["counts"]!["completed"]! >= 1);
            await rig.Host.KillAsync();
            await rig.Host.StartAsync();
        }

        var ended = await rig.WaitForBatchAsync(id);
        Assert.Equal(("completed", "shared_session", 1, 3), ((string?)ended["status"], (string?)ended["mode"], (int?)ended["concurrency"], (int?)ended["counts"]!["completed"]));
        var ledger = await rig.Backend.Control.ReadLedgerAsync();
        var session = Assert.Single(ledger.Sessions, session => ledger.Messages.Any(message => message.SessionId == session.SessionId));
        Assert.Equal(["face.jpg", "video-2.mp4", "video-3.mp4", "video.mp4"], session.Files.Select(file => file.Filename).Order(StringComparer.Ordinal));
        Assert.Equal(3, ledger.Messages.Sum(message => message.Executions));
        Assert.Equal(
            ["swap the face in video with the face from face", "swap the face in video-2 with the face from face", "put both clips one after the other"],
            ledger.Messages.Where(message => message.Executions > 0).Select(message => message.Text));
        Assert.Equal(3, ledger.Renders.Count(render => render.Status == RenderStatus.Completed));
        Assert.All(ledger.Renders, render => Assert.True(render is { DraftExact: true, Premature: false }, $"{render}"));

        var results = await rig.ReadResultsAsync(id);
        Assert.All(results, result => Assert.Equal("completed", (string?)result["status"]));
        var (_, third) = await rig.Jobs.GetAsync($"api/jobs/{results[2]["jobId"]}");
        Assert.Equal((string?)results[1]["jobId"], (string?)third["continueFrom"]);
        Assert.Equal(SampleMedia.Clip, await rig.Jobs.DownloadAsync((string)results[2]["jobId"]!));
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
