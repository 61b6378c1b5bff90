using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json.Nodes;
using FaceSwap.Testing.Host;
using FaceSwap.Testing.Media;
using FaceSwap.Testing.Time;
using NemoVideo.Simulator.Ledger;
using NemoVideo.Simulator.Renders;
using Xunit;

namespace FaceSwap.EndToEnd.Drivers;

/// <summary>Calls the app about batches, and proves from the backend's ledger what came of them.</summary>
internal static class BatchCalls
{
    private static readonly string[] Ends = ["completed", "stopped", "cancelled"];

    /// <summary>Submits a batch and returns its id.</summary>
    public static async Task<string> SubmitBatchAsync(this Rig rig, JsonObject batch)
    {
        var (status, body) = await rig.Jobs.PostAsync("api/batches", batch.ToJsonString());
        Assert.True(status == 202, body.ToJsonString());
        return (string)body["id"]!;
    }

    /// <summary>A batch of so many clips of their own with one face.</summary>
    /// <param name="media">Serves them.</param>
    /// <param name="count">How many.</param>
    /// <param name="missing">The numbers of those whose video is not there.</param>
    public static JsonObject BatchOf(MediaServer media, int count, params int[] missing)
    {
        JsonNode ItemOf(int number) => new JsonObject
        {
            ["video"] = (missing.Contains(number) ? media.AddressOf($"missing-{number}.mp4") : media.Serve($"clip-{number}.mp4", SampleMedia.Clip)).AbsoluteUri,
            ["metadata"] = new JsonObject { ["row"] = $"{number}" },
        };
        return new JsonObject
        {
            ["items"] = new JsonArray([.. Enumerable.Range(1, count).Select(ItemOf)]),
            ["defaults"] = new JsonObject { ["face"] = media.Serve("face.jpg", SampleMedia.FaceJpeg).AbsoluteUri },
        };
    }

    /// <summary>A batch of three clips in one session, the last of which is not swapped but put together.</summary>
    public static JsonObject SharedOf(MediaServer media)
    {
        var batch = BatchOf(media, 3);
        batch["mode"] = "shared_session";
        batch["items"]![2]!["instruction"] = "put both clips one after the other";
        return batch;
    }

    public static async Task<JsonObject> GetBatchAsync(this Rig rig, string id) => (await rig.Jobs.GetAsync($"api/batches/{id}")).Body;

    /// <summary>Waits for the batch's end, through restarts of the host, and returns the batch.</summary>
    public static Task<JsonObject> WaitForBatchAsync(this Rig rig, string id, TimeSpan? within = null) =>
        rig.WaitForBatchAsync(id, batch => Ends.Contains((string?)batch["status"]), within);

    /// <summary>Waits until the batch is as it is wanted, through restarts of the host, and returns it.</summary>
    public static async Task<JsonObject> WaitForBatchAsync(this Rig rig, string id, Func<JsonObject, bool> isAsWanted, TimeSpan? within = null)
    {
        JsonObject? last = null;
        try
        {
            return await Eventually.GivesAsync(
                async () =>
                {
                    try
                    {
                        var (status, batch) = await rig.Jobs.GetAsync($"api/batches/{id}");
                        last = batch;
                        return status == 200 && isAsWanted(batch) ? batch : null;
                    }
                    catch (HttpRequestException)
                    {
                        return null;
                    }
                },
                $"batch {id} is as it is wanted",
                within ?? AppHost.JobLimit);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new InvalidOperationException($"{last?.ToJsonString()}\n{rig.Log.Text}", e);
        }
    }

    /// <summary>The results of a batch, a line for each item.</summary>
    public static async Task<IReadOnlyList<JsonObject>> ReadResultsAsync(this Rig rig, string id)
    {
        using var response = await rig.Jobs.Http.GetAsync($"api/batches/{id}/results");
        Assert.Equal("application/jsonl", response.Content.Headers.ContentType?.MediaType);
        var text = await response.Content.ReadAsStringAsync();
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())];
    }

    /// <summary>Posts a file of CSV.</summary>
    public static Task<(int Status, JsonObject Body)> PostCsvAsync(this Rig rig, string csv, string query = "") => rig.Jobs.SendAsync(
        new HttpRequestMessage(HttpMethod.Post, $"api/batches{query}") { Content = new StringContent(csv, Encoding.UTF8, "text/csv") });

    /// <summary>No item was paid for twice, and as many as completed were paid for.</summary>
    /// <param name="rig">The rig.</param>
    /// <param name="results">The batch's results.</param>
    public static async Task PaidOnceEachAsync(this Rig rig, IReadOnlyList<JsonObject> results)
    {
        var ledger = await rig.Backend.Control.ReadLedgerAsync();
        foreach (var result in results.Where(result => result["jobId"] is not null))
        {
            var paid = Executions(ledger, (string)result["jobId"]!);
            Assert.True(paid <= 1, $"item {result["item"]} was paid for {paid} times");
            Assert.True(paid == 1 || (string?)result["status"] != "completed", $"item {result["item"]} completed and was not paid for");
        }
    }

    /// <summary>The batch of <see cref="SharedOf"/> completed in one session: its media went up once, and each item has an edit and a render of its own.</summary>
    public static async Task EditedInOneSessionAsync(this Rig rig, string id)
    {
        var ended = await rig.WaitForBatchAsync(id);
        Assert.Equal(("completed", "shared_session", 1, 3), ((string?)ended["status"], (string?)ended["mode"], (int?)ended["concurrency"], (int?)ended["counts"]!["completed"]));
        var results = await rig.ReadResultsAsync(id);
        Assert.All(results, result => Assert.Equal("completed", (string?)result["status"]));
        var jobs = results.Select(result => (string?)result["jobId"]).ToList();

        var ledger = await rig.Backend.Control.ReadLedgerAsync();
        var session = Assert.Single(ledger.Sessions, session =>
            jobs.Contains(session.TaskName) && ledger.Messages.Any(message => message.SessionId == session.SessionId));
        Assert.Equal(["face.jpg", "video-2.mp4", "video-3.mp4", "video.mp4"], session.Files.Select(file => file.Filename).Order(StringComparer.Ordinal));
        var executed = ledger.Messages.Where(message => message.SessionId == session.SessionId && message.Executions > 0).ToList();
        Assert.Equal(3, executed.Sum(message => message.Executions));
        Assert.Equal(
            ["swap the face in video with the face from face", "swap the face in video-2 with the face from face", "put both clips one after the other"],
            executed.Select(message => message.Text));
        var renders = ledger.Renders.Where(render => render.SessionId == session.SessionId).ToList();
        Assert.Equal(3, renders.Count(render => render.Status == RenderStatus.Completed));
        Assert.All(renders, render => Assert.True(render is { DraftExact: true, Premature: false }, $"{render}"));

        var (_, third) = await rig.Jobs.GetAsync($"api/jobs/{jobs[2]}");
        Assert.Equal(jobs[1], (string?)third["continueFrom"]);
        Assert.Equal(SampleMedia.Clip, await rig.Jobs.DownloadAsync(jobs[2]!));
    }

    /// <summary>Watches a batch until one of its events shows what is wanted.</summary>
    /// <returns>The event's number.</returns>
    public static async Task<long> FirstEventAsync(this Rig rig, string id, Func<JsonNode, bool> isWanted)
    {
        await using var stream = await rig.Jobs.Http.GetStreamAsync($"api/batches/{id}/events", TestContext.Current.CancellationToken);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(TestContext.Current.CancellationToken))
        {
            if (isWanted(JsonNode.Parse(item.Data)!))
            {
                return long.Parse(item.EventId!, CultureInfo.InvariantCulture);
            }
        }

        throw new InvalidOperationException("The batch ended first.");
    }

    /// <summary>Watches a batch to the end of the stream.</summary>
    /// <param name="rig">The rig.</param>
    /// <param name="id">The batch.</param>
    /// <param name="seen">The number of the last event that was seen; -1 for none.</param>
    public static async Task<IReadOnlyList<(long Number, JsonNode Batch)>> WatchBatchAsync(this Rig rig, string id, long seen = -1)
    {
        using var request = EventsOf(id, seen);
        using var response = await rig.Jobs.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        var events = new List<(long Number, JsonNode Batch)>();
        await using var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(TestContext.Current.CancellationToken))
        {
            Assert.Equal("batch", item.EventType);
            events.Add((long.Parse(item.EventId!, CultureInfo.InvariantCulture), JsonNode.Parse(item.Data)!));
        }

        return events;
    }

    /// <summary>The request of who has seen a batch up to an event.</summary>
    public static HttpRequestMessage EventsOf(string id, long seen)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"api/batches/{id}/events");
        if (seen >= 0)
        {
            request.Headers.Add("Last-Event-ID", $"{seen}");
        }

        return request;
    }

    /// <summary>Makes a schedule and returns its id.</summary>
    public static async Task<string> CreateScheduleAsync(this Rig rig, JsonObject schedule)
    {
        var (status, created) = await rig.Jobs.PostAsync("api/schedules", schedule.ToJsonString());
        Assert.True(status == 201, created.ToJsonString());
        return (string)created["id"]!;
    }

    /// <summary>The runs of a schedule, newest first.</summary>
    public static async Task<IReadOnlyList<JsonObject>> RunsAsync(this Rig rig, string id)
    {
        var (status, page) = await rig.Jobs.GetAsync($"api/schedules/{id}/runs?limit=100");
        Assert.True(status == 200, page.ToJsonString());
        return [.. page["runs"]!.AsArray().Select(run => run!.AsObject())];
    }

    private static int Executions(LedgerView ledger, string jobId)
    {
        var sessions = ledger.Sessions.Where(session => session.TaskName == jobId).Select(session => session.SessionId).ToHashSet();
        return ledger.Messages.Where(message => sessions.Contains(message.SessionId)).Sum(message => message.Executions);
    }
}
