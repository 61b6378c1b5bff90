using System.Text;
using System.Text.Json.Nodes;
using FaceSwap.Testing.Host;
using FaceSwap.Testing.Media;
using FaceSwap.Testing.Time;
using NemoVideo.Simulator.Ledger;
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

    private static int Executions(LedgerView ledger, string jobId)
    {
        var sessions = ledger.Sessions.Where(session => session.TaskName == jobId).Select(session => session.SessionId).ToHashSet();
        return ledger.Messages.Where(message => sessions.Contains(message.SessionId)).Sum(message => message.Executions);
    }
}
