using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Media;
using NemoVideo.Simulator.Gates;
using NemoVideo.Simulator.Scenarios;
using Xunit;

namespace FaceSwap.EndToEnd;

/// <summary>Batches that are watched over one connection, whatever their number of items.</summary>
public sealed class BatchWatchTests(RigFixture fixture, AzuriteFixture azurite) : IClassFixture<RigFixture>
{
    private const string Gate = "watched";

    [Fact]
    public async Task Events_OfABatch_AreWholeAndNumbered_AndEndWithIt()
    {
        var rig = fixture.Rig;
        await using var media = await MediaServer.StartAsync();
        var id = await rig.SubmitBatchAsync(BatchCalls.BatchOf(media, 6, missing: 2));

        var events = await WatchAsync(rig, id);

        Assert.All(events, one => Assert.Equal((id, 6), ((string?)one.Batch["id"], (int?)one.Batch["counts"]!["items"])));
        Assert.Equal("""{"items":6,"running":0,"completed":5,"failed":1,"ambiguous":0,"cancelled":0}""", events[^1].Batch["counts"]!.ToJsonString());
        Assert.Equal("completed", (string?)events[^1].Batch["status"]);
        Assert.True(events.Count > 1, "the end alone was told");
        Assert.Equal(events.Select(one => one.Number).Distinct().Order(), events.Select(one => one.Number));
        var percents = events.Select(one => (int)one.Batch["percent"]!).ToList();
        Assert.Equal(percents.Order(), percents);

        // Whoever has seen the end need not come any more; whoever has not sees it, and it alone.
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(rig, id, events[^1].Number));
        var again = Assert.Single(await WatchAsync(rig, id, events[^1].Number - 1));
        Assert.Equal(events[^1].Number, again.Number);
        Assert.Equal((await rig.GetBatchAsync(id)).ToJsonString(), again.Batch.ToJsonString());
    }

    [Fact]
    public async Task Watcher_WhoComesAgainAfterTheHostDied_SeesWhatIsNew()
    {
        await using var rig = await Rig.StartAsync(azurite);
        await using var media = await MediaServer.StartAsync();

        // Before anything is paid, where a death leaves no doubt.
        await rig.Backend.Control.ChooseAsync(new Scenario { NextSessions = 1, Holds = [new Hold { At = Point.SessionRequested, Gate = Gate }] });
        var batch = BatchCalls.BatchOf(media, 3);
        batch["concurrency"] = 1;
        var id = await rig.SubmitBatchAsync(batch);
        var seen = await FirstAsync(rig, id, shown => (int?)shown["counts"]!["running"] == 1);

        await rig.Host.KillAsync();
        await rig.Host.StartAsync();
        await rig.Backend.Control.ReleaseGateAsync(Gate);

        // A stream ends before the platform would cut it; a watcher comes again with the last number that it has seen.
        var events = new List<(long Number, JsonNode Batch)>();
        while (events.Count == 0 || (string?)events[^1].Batch["status"] != "completed")
        {
            events.AddRange(await WatchAsync(rig, id, events.Count == 0 ? seen : events[^1].Number));
        }

        Assert.All(events, one => Assert.True(one.Number > seen, $"{one.Number} comes after {seen}"));
        Assert.Equal(3, (int?)events[^1].Batch["counts"]!["completed"]);
    }

    private static async Task<long> FirstAsync(Rig rig, string id, Func<JsonNode, bool> isWanted)
    {
        await using var stream = await rig.Jobs.Http.GetStreamAsync($"api/batches/{id}/events", TestContext.Current.CancellationToken);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(TestContext.Current.CancellationToken))
        {
            if (isWanted(JsonNode.Parse(item.Data)!))
            {
                return long.Parse(item.EventId!);
            }
        }

        throw new InvalidOperationException("The batch ended first.");
    }

    private static async Task<IReadOnlyList<(long Number, JsonNode Batch)>> WatchAsync(Rig rig, string id, long seen = -1)
    {
        using var request = Request(id, seen);
        using var response = await rig.Jobs.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        var events = new List<(long Number, JsonNode Batch)>();
        await using var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(TestContext.Current.CancellationToken))
        {
            Assert.Equal("batch", item.EventType);
            events.Add((long.Parse(item.EventId!), JsonNode.Parse(item.Data)!));
        }

        return events;
    }

    private static async Task<HttpStatusCode> StatusAsync(Rig rig, string id, long seen)
    {
        using var request = Request(id, seen);
        using var response = await rig.Jobs.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private static HttpRequestMessage Request(string id, long seen)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"api/batches/{id}/events");
        if (seen >= 0)
        {
            request.Headers.Add("Last-Event-ID", $"{seen}");
        }

        return request;
    }
}
