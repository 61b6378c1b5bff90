using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FaceSwap.NemoVideo.Renders;
using FaceSwap.Testing.Media;

namespace FaceSwap.Benchmarks;

/// <summary>
/// What a job costs without durability: the documented calls of the backend, one after the other, with the waits of the app. It keeps
/// nothing, checks nothing twice, and would pay again after a crash.
/// </summary>
internal sealed class PlainClient : IDisposable
{
    private const string Agent = "nemo_agent";
    private readonly HttpClient http;
    private readonly JobWaits waits;

    private PlainClient(HttpClient http, JobWaits waits)
    {
        this.http = http;
        this.waits = waits;
    }

    /// <summary>A client with a token of its own.</summary>
    public static async Task<PlainClient> CreateAsync(Uri backend, JobWaits waits)
    {
        HttpClient http = new() { BaseAddress = backend };
        http.DefaultRequestHeaders.Add("X-Skill-Source", "video-face-swap");
        http.DefaultRequestHeaders.Add("X-Skill-Version", "1.0.0");
        http.DefaultRequestHeaders.Add("X-Skill-Platform", "benchmark");
        using HttpRequestMessage request = new(HttpMethod.Post, "api/auth/anonymous-token") { Headers = { { "X-Client-Id", $"{Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}" } } };
        JsonNode token = await ReadAsync(await http.SendAsync(request));
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)token["data"]!["token"]!);
        return new PlainClient(http, waits);
    }

    /// <summary>Swaps the sample face into the sample clip, and returns the video.</summary>
    public async Task<byte[]> SwapAsync()
    {
        JsonNode opened = await PostAsync($"api/tasks/me/with-session/{Agent}", new JsonObject { ["task_name"] = "plain", ["language"] = "en" });
        string session = (string)opened["data"]!["session_id"]!;
        using MultipartFormDataContent files = new()
        {
            { new ByteArrayContent(SampleMedia.Clip), "files", "video.mp4" },
            { new ByteArrayContent(SampleMedia.FaceJpeg), "files", "face.jpg" },
        };
        await ReadAsync(await http.PostAsync($"api/upload-video/{Agent}/me/{session}", files));
        await GetAsync("api/credits/balance/simple");
        string before = await StateAsync(session);
        await SendAsync(session);
        string draft = await SettleAsync(session, before);
        return await RenderAsync(session, draft);
    }

    public void Dispose() => http.Dispose();

    private async Task SendAsync(string session)
    {
        JsonObject message = new()
        {
            ["app_name"] = Agent,
            ["user_id"] = "me",
            ["session_id"] = session,
            ["new_message"] = new JsonObject { ["parts"] = new JsonArray(new JsonObject { ["text"] = "swap the face in video with the face from face" }) },
        };
        using HttpRequestMessage request = new(HttpMethod.Post, "run_sse") { Content = JsonContent.Create(message) };
        using HttpResponseMessage answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        await answer.Content.CopyToAsync(Stream.Null);
    }

    // The edit is there when the state has changed, and two reads agree.
    private async Task<string> SettleAsync(string session, string before)
    {
        string previous = before;
        while (true)
        {
            string state = await StateAsync(session);
            if (state != before && state == previous)
            {
                return JsonNode.Parse(state)!["data"]!["state"]!["draft"]!.ToJsonString();
            }

            previous = state;
            await Task.Delay(waits.Settle, TimeProvider.System);
        }
    }

    private async Task<byte[]> RenderAsync(string session, string draft)
    {
        string id = $"render_{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):n}";
        string body = $$$"""{"id":"{{{id}}}","sessionId":"{{{session}}}","draft":{{{draft}}},"output":{"format":"mp4","quality":"high"}}""";
        using StringContent content = new(body, Encoding.UTF8, "application/json");
        await ReadAsync(await http.PostAsync("api/render/proxy/lambda", content));
        RenderPollPlan plan = new(RenderTimes.Between(waits.RenderShortest, waits.RenderLongest), waits.PollShortest, waits.PollLongest);
        TimeSpan elapsed = TimeSpan.Zero;
        int? progress = null;
        while (true)
        {
            TimeSpan wait = plan.Next(elapsed, progress);
            await Task.Delay(wait, TimeProvider.System);
            elapsed += wait;
            JsonNode render = await GetAsync($"api/render/proxy/lambda/{id}");
            if ((string?)render["status"] == "completed")
            {
                return await http.GetByteArrayAsync(new Uri((string)render["output"]!["url"]!));
            }

            progress = (int?)render["progress"];
        }
    }

    private Task<string> StateAsync(string session) => http.GetStringAsync($"api/state/{Agent}/me/{session}/latest");

    private async Task<JsonNode> GetAsync(string path) => await ReadAsync(await http.GetAsync(path));

    private async Task<JsonNode> PostAsync(string path, JsonObject body) => await ReadAsync(await http.PostAsJsonAsync(path, body));

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage answer)
    {
        using HttpResponseMessage read = answer.EnsureSuccessStatusCode();
        return JsonNode.Parse(await read.Content.ReadAsStringAsync()) ?? throw new JsonException("The backend answered null.");
    }
}

/// <summary>How long is waited between the calls of a job, by the app and by the plain client alike.</summary>
/// <param name="Settle">Between the two equal reads of the state.</param>
/// <param name="RenderShortest">How long the quickest renders take.</param>
/// <param name="RenderLongest">How long the slowest renders take.</param>
/// <param name="PollShortest">The shortest wait between two polls of a render.</param>
/// <param name="PollLongest">The longest.</param>
internal sealed record JobWaits(TimeSpan Settle, TimeSpan RenderShortest, TimeSpan RenderLongest, TimeSpan PollShortest, TimeSpan PollLongest);
