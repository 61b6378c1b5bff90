using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FaceSwap.Testing.Backend;
using FaceSwap.Testing.Media;
using Xunit;

namespace NemoVideo.Simulator.Tests.Drivers;

/// <summary>Calls the backend as its documents say, byte for byte, without the product's client.</summary>
internal sealed class BackendCaller : IDisposable
{
    private const string SessionPlaceholder = "SESSION";
    private readonly HttpClient http;

    private BackendCaller(Uri address)
    {
        http = new HttpClient { BaseAddress = address };
        http.DefaultRequestHeaders.Add("X-Skill-Source", "video-face-swap");
        http.DefaultRequestHeaders.Add("X-Skill-Version", "1.9");
        http.DefaultRequestHeaders.Add("X-Skill-Platform", "unknown");
    }

    public HttpClient Http => http;

    public string ClientId { get; } = $"client-{Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}";

    public string SessionId { get; private set; } = SessionPlaceholder;

    /// <summary>A caller with a token and no session.</summary>
    public static async Task<BackendCaller> WithTokenAsync(SimulatorProcess simulator)
    {
        var caller = new BackendCaller(simulator.Address);
        await caller.TakeTokenAsync();
        return caller;
    }

    /// <summary>A caller with a session that holds a clip and a face.</summary>
    public static async Task<BackendCaller> WithMediaAsync(SimulatorProcess simulator, string taskName = "project")
    {
        var caller = await WithTokenAsync(simulator);
        var session = await caller.OpenSessionAsync(taskName);
        caller.SessionId = (string)session["data"]!["session_id"]!;
        await caller.UploadAsync(("clip.mp4", SampleMedia.Clip), ("face.jpg", SampleMedia.FaceJpeg));
        return caller;
    }

    public async Task<JsonObject> TakeTokenAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/auth/anonymous-token");
        request.Headers.Add("X-Client-Id", ClientId);
        var answer = await SendAsync(request);
        if (answer["data"]?["token"] is { } token)
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)token!);
        }

        return answer;
    }

    public Task<JsonObject> OpenSessionAsync(string taskName) =>
        PostAsync("/api/tasks/me/with-session/nemo_agent", new JsonObject { ["task_name"] = taskName, ["language"] = "en" });

    public async Task<JsonObject> UploadAsync(params (string Name, byte[] Content)[] files)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, content) in files)
        {
            form.Add(new ByteArrayContent(content), "files", name);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/upload-video/nemo_agent/me/{SessionId}") { Content = form };
        return await SendAsync(request);
    }

    public Task<JsonObject> UploadAddressAsync(Uri address) => PostAsync(
        $"/api/upload-video/nemo_agent/me/{SessionId}",
        new JsonObject { ["urls"] = new JsonArray(address.ToString()), ["source_type"] = "url" });

    /// <summary>Sends a message and reads its stream to the end.</summary>
    /// <exception cref="IOException">The stream broke.</exception>
    public async Task<string> SayAsync(string text = "swap the face")
    {
        using var response = await OpenStreamAsync(text);
        return await response.Content.ReadAsStringAsync();
    }

    public async Task<HttpResponseMessage> OpenStreamAsync(string text = "swap the face")
    {
        var body = new JsonObject
        {
            ["app_name"] = "nemo_agent",
            ["user_id"] = "me",
            ["session_id"] = SessionId,
            ["new_message"] = new JsonObject { ["parts"] = new JsonArray(new JsonObject { ["text"] = text }) },
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/run_sse") { Content = JsonContent.Create(body) };
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public Task<string> ReadStateTextAsync() => http.GetStringAsync($"/api/state/nemo_agent/me/{SessionId}/latest");

    public Task<JsonObject> ReadCreditsAsync() => GetAsync("/api/credits/balance/simple");

    /// <summary>Asks for a render with the draft exactly as the state has it.</summary>
    public async Task<JsonObject> RenderAsync(string id)
    {
        using var state = JsonDocument.Parse(await ReadStateTextAsync());
        var draft = state.RootElement.GetProperty("data").GetProperty("state").GetProperty("draft").GetRawText();
        var body = $$$"""{"id":"{{{id}}}","sessionId":"{{{SessionId}}}","draft":{{{draft}}},"output":{"format":"mp4","quality":"high"}}""";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/render/proxy/lambda")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        return await SendAsync(request);
    }

    public Task<JsonObject> PollAsync(string id) => GetAsync($"/api/render/proxy/lambda/{id}");

    public async Task<JsonObject> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await SendAsync(request);
    }

    public async Task<JsonObject> PostAsync(string path, JsonObject body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        return await SendAsync(request);
    }

    public void Dispose() => http.Dispose();

    private async Task<JsonObject> SendAsync(HttpRequestMessage request)
    {
        using var response = await http.SendAsync(request);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync());
        return Assert.IsType<JsonObject>(answer);
    }
}
