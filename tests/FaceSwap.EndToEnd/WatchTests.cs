using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using FaceSwap.EndToEnd.Drivers;
using FaceSwap.EndToEnd.LocalHost;
using FaceSwap.Testing.Logs;
using FaceSwap.Testing.Media;
using Xunit;

namespace FaceSwap.EndToEnd;

/// <summary>Jobs that are watched and waited for instead of asked for.</summary>
public sealed class WatchTests(HostRigFixture fixture) : IClassFixture<HostRigFixture>
{
    [Fact]
    public async Task Events_OfAJob_AreWholeAndNumbered_AndEndWithIt()
    {
        var rig = fixture.Rig;
        var id = await rig.Jobs.SubmitAsync();

        var events = new List<(long Number, JsonNode Job)>();
        await using (var stream = await rig.Jobs.Http.GetStreamAsync($"api/jobs/{id}/events", TestContext.Current.CancellationToken))
        {
            await foreach (var item in SseParser.Create(stream).EnumerateAsync(TestContext.Current.CancellationToken))
            {
                Assert.Equal("job", item.EventType);
                events.Add((long.Parse(item.EventId!), JsonNode.Parse(item.Data)!));
            }
        }

        Assert.All(events, one => Assert.Equal(id, (string?)one.Job["id"]));
        Assert.Equal("completed", (string?)events[^1].Job["status"]);
        Assert.Equal(events.Select(one => one.Number).Distinct().Order(), events.Select(one => one.Number));
        var percents = events.Select(one => (int)one.Job["percent"]!).ToList();
        Assert.Equal(percents.Order(), percents);

        // Whoever comes again with the newest number need not come any more; whoever comes for the first time sees the end.
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(rig, id, events[^1].Number));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(rig, id, events[^1].Number - 1));
    }

    [Fact]
    public async Task Submission_ThatWouldWait_IsAnsweredWithTheEnd()
    {
        var rig = fixture.Rig;
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/jobs")
        {
            Content = rig.Jobs.Form(("video", "clip.mp4", SampleMedia.Clip), ("face", "face.jpg", SampleMedia.FaceJpeg)),
            Headers = { { "Prefer", "wait=60" } },
        };

        using var response = await rig.Jobs.Http.SendAsync(request, TestContext.Current.CancellationToken);

        var job = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal((HttpStatusCode.OK, "completed"), (response.StatusCode, (string?)job["status"]));
        Assert.Equal("wait=60", Assert.Single(response.Headers.GetValues("Preference-Applied")));
    }

    [Fact]
    public async Task Read_ThatWouldWait_IsAnsweredInTime()
    {
        var rig = fixture.Rig;
        var id = await rig.Jobs.SubmitAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/jobs/{id}") { Headers = { { "Prefer", "wait=60" } } };

        var (status, job) = await rig.Jobs.SendAsync(request);

        Assert.Equal((200, "completed"), (status, (string?)job["status"]));
    }

    [Fact]
    public async Task Watcher_WhoHangsUp_IsNoFailure()
    {
        var rig = fixture.Rig;
        await using (await WatchedJob.StartAsync(rig))
        {
            // Seen by nobody.
        }

        await rig.CompletedOnceAsync(await rig.Jobs.SubmitAsync());
        LogAssert.NothingUnexpected(rig.Log);
    }

    private static async Task<HttpStatusCode> StatusAsync(Rig rig, string id, long seen)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/jobs/{id}/events") { Headers = { { "Last-Event-ID", $"{seen}" } } };
        using var response = await rig.Jobs.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
