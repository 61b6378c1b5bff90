using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using FaceSwap.Testing.Host;
using FaceSwap.Testing.Media;
using FaceSwap.Testing.Time;
using Xunit;

namespace FaceSwap.EndToEnd.Drivers;

/// <summary>Calls the app as its callers do, and keeps every answer.</summary>
internal sealed class JobCaller(Rig rig) : IDisposable
{
    private static readonly string[] Ends = ["completed", "failed", "cancelled", "expired"];

    // The end alone: what a test proves by counting messages is that there is one.
    private static readonly string[] EndEvents = ["job.completed", "job.failed", "job.cancelled"];
    private readonly HttpClient http = rig.CreateClient();
    private readonly ConcurrentQueue<string> answers = [];

    public HttpClient Http => http;

    /// <summary>Every body that was answered.</summary>
    public IEnumerable<string> Answers => answers;

    /// <summary>Submits the sample clip and face as files and returns the job's id.</summary>
    public async Task<string> SubmitAsync()
    {
        using var form = Form(("video", "clip.mp4", SampleMedia.Clip), ("face", "face.jpg", SampleMedia.FaceJpeg));
        var (status, body) = await PostAsync(form);
        Assert.True(status == 202, body.ToJsonString());
        return (string)body["id"]!;
    }

    /// <summary>Submits media by address and returns the job's id.</summary>
    public async Task<string> SubmitAsync(Uri video, Uri face)
    {
        using var content = JsonContent.Create(new JsonObject
        {
            ["video"] = video.ToString(),
            ["face"] = face.ToString(),
            ["webhook"] = Webhook(EndEvents),
        });
        var (status, body) = await PostAsync(content);
        Assert.True(status == 202, body.ToJsonString());
        return (string)body["id"]!;
    }

    /// <summary>A form with files, and with the receiver as webhook.</summary>
    public MultipartFormDataContent Form(params (string Part, string Name, byte[] Content)[] files) => Form(EndEvents, files);

    /// <summary>The same, for a receiver that hears of these events.</summary>
    public MultipartFormDataContent Form(string[] events, params (string Part, string Name, byte[] Content)[] files)
    {
        var form = new MultipartFormDataContent();
        foreach (var (part, name, content) in files)
        {
            form.Add(new ByteArrayContent(content), part, name);
        }

        form.Add(JsonContent.Create(new JsonObject { ["webhook"] = Webhook(events) }), "request");
        return form;
    }

    public Task<(int Status, JsonObject Body)> PostAsync(HttpContent content) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, "api/jobs") { Content = content });

    /// <summary>Posts JSON text to a path.</summary>
    public Task<(int Status, JsonObject Body)> PostAsync(string path, string json) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") });

    public Task<(int Status, JsonObject Body)> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    /// <summary>Waits for the job's end, through restarts of the host, and returns the job.</summary>
    public Task<JsonObject> WaitForEndAsync(string id) => Eventually.GivesAsync(
        async () =>
        {
            try
            {
                var (status, job) = await GetAsync($"api/jobs/{id}");
                return status == 200 && Ends.Contains((string?)job["status"]) ? job : null;
            }
            catch (HttpRequestException)
            {
                return null;
            }
        },
        $"job {id} ends",
        AppHost.JobLimit);

    /// <summary>Waits for the job's end, which must be a completed one.</summary>
    public async Task<JsonObject> WaitForCompletionAsync(string id)
    {
        var job = await WaitForEndAsync(id);
        Assert.True((string)job["status"]! == "completed", $"{job.ToJsonString()}\n{rig.Log.Text}");
        return job;
    }

    public async Task<byte[]> DownloadAsync(string id)
    {
        var (_, result) = await GetAsync($"api/jobs/{id}/result?redirect=false");
        using var plain = new HttpClient();
        return await plain.GetByteArrayAsync(new Uri((string)result["url"]!));
    }

    public async Task<string> ReadWebhookSecretAsync()
    {
        var secret = await http.GetFromJsonAsync<JsonObject>("api/webhook-endpoints/default/secret");
        return (string)secret!["key"]!;
    }

    public void Dispose() => http.Dispose();

    private JsonObject Webhook(string[] events) => new()
    {
        ["url"] = rig.Receiver.Address.ToString(),
        ["events"] = new JsonArray([.. events.Select(type => JsonValue.Create(type))]),
    };

    public async Task<(int Status, JsonObject Body)> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await http.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            answers.Enqueue(text);
            return ((int)response.StatusCode, text.Length == 0 ? [] : Assert.IsType<JsonObject>(JsonNode.Parse(text)));
        }
    }
}
