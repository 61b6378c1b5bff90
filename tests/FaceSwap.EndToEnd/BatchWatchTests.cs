using System.Net;
using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Media;
using Xunit;

namespace FaceSwap.EndToEnd;

/// <summary>Batches that are watched over one connection, whatever their number of items.</summary>
public sealed class BatchWatchTests(RigFixture fixture) : IClassFixture<RigFixture>
{
    [Fact]
    public async Task Events_OfABatch_AreWholeAndNumbered_AndEndWithIt()
    {
        var rig = fixture.Rig;
        await using var media = await MediaServer.StartAsync();
        var id = await rig.SubmitBatchAsync(BatchCalls.BatchOf(media, 6, missing: 2));

        var events = await rig.WatchBatchAsync(id);

        Assert.All(events, one => Assert.Equal((id, 6), ((string?)one.Batch["id"], (int?)one.Batch["counts"]!["items"])));
        Assert.Equal("""{"items":6,"running":0,"completed":5,"failed":1,"ambiguous":0,"cancelled":0}""", events[^1].Batch["counts"]!.ToJsonString());
        Assert.Equal("completed", (string?)events[^1].Batch["status"]);
        Assert.True(events.Count > 1, "the end alone was told");
        Assert.Equal(events.Select(one => one.Number).Distinct().Order(), events.Select(one => one.Number));
        var percents = events.Select(one => (int)one.Batch["percent"]!).ToList();
        Assert.Equal(percents.Order(), percents);

        // Whoever has seen the end need not come any more; whoever has not sees it, and it alone.
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(rig, id, events[^1].Number));
        var again = Assert.Single(await rig.WatchBatchAsync(id, events[^1].Number - 1));
        Assert.Equal(events[^1].Number, again.Number);
        Assert.Equal((await rig.GetBatchAsync(id)).ToJsonString(), again.Batch.ToJsonString());
    }

    private static async Task<HttpStatusCode> StatusAsync(Rig rig, string id, long seen)
    {
        using var request = BatchCalls.EventsOf(id, seen);
        using var response = await rig.Jobs.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
