using System.Text.Json.Nodes;
using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Media;
using NemoVideo.Simulator.Scenarios;
using Xunit;

namespace FaceSwap.EndToEnd;

/// <summary>The list of a caller's jobs, over real instances and marks.</summary>
public sealed class ListTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task List_OfJobsThatRunAndHaveEnded_ShowsEachAsItIs()
    {
        await using var rig = await Rig.StartInProcessAsync(azurite);
        var completed = await rig.Jobs.SubmitAsync();
        await rig.CompletedOnceAsync(completed);
        await rig.Backend.Control.ChooseAsync(new Scenario { NextSessions = 1, Faults = [new Fault { Call = BackendCall.Message, Kind = FaultKind.NoCredits }] });
        var failed = await rig.Jobs.SubmitAsync();
        await rig.Jobs.WaitForEndAsync(failed);
        await using var media = await MediaServer.StartAsync();
        var fetched = new TaskCompletionSource();
        var running = await rig.Jobs.SubmitAsync(media.Pause("clip.mp4", SampleMedia.Clip, fetched.Task), media.Serve("face.jpg", SampleMedia.FaceJpeg));

        var pages = new List<JsonObject>();
        do
        {
            var cursor = (string?)pages.LastOrDefault()?["cursor"];
            var (status, page) = await rig.Jobs.GetAsync($"api/jobs?limit=1{(cursor is null ? "" : $"&cursor={cursor}")}");
            Assert.True(status == 200, page.ToJsonString());
            pages.Add(page);
        }
        while (pages[^1]["cursor"] is not null);

        var jobs = pages.SelectMany(page => page["jobs"]!.AsArray()).Select(job => job!).ToList();
        Assert.Equal([running, failed, completed], jobs.Select(job => (string?)job["id"]));
        Assert.True((string?)jobs[0]["status"] is "queued" or "staging", jobs[0].ToJsonString());
        Assert.Equal(("failed", "insufficient_credits"), ((string?)jobs[1]["status"], (string?)jobs[1]["error"]));
        Assert.Equal(("completed", 100), ((string?)jobs[2]["status"], (int?)jobs[2]["percent"]));
        Assert.NotNull(jobs[2]["links"]!["result"]);

        var (_, filtered) = await rig.Jobs.GetAsync("api/jobs?status=failed");
        Assert.Equal(failed, (string?)Assert.Single(filtered["jobs"]!.AsArray())!["id"]);
        var (_, newest) = await rig.Jobs.GetAsync("api/jobs?status=completed&limit=1");
        Assert.Equal(completed, (string?)Assert.Single(newest["jobs"]!.AsArray())!["id"]);
        Assert.Null(newest["cursor"]);

        fetched.SetResult();
        await rig.CompletedOnceAsync(running);
        var (_, ended) = await rig.Jobs.GetAsync("api/jobs?status=completed");
        Assert.Equal([running, completed], ended["jobs"]!.AsArray().Select(job => (string?)job!["id"]));
    }
}
