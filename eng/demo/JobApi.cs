using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FaceSwap.Batches;
using FaceSwap.Jobs;
using FaceSwap.Webhooks;

namespace FaceSwap.Demo;

/// <summary>The calls that a caller of the API makes.</summary>
internal sealed class JobApi : IDisposable
{
    private static readonly Dictionary<string, string> ContentTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        [".mp4"] = "video/mp4",
        [".mov"] = "video/quicktime",
        [".avi"] = "video/x-msvideo",
        [".webm"] = "video/webm",
        [".mkv"] = "video/x-matroska",
        [".jpg"] = "image/jpeg",
        [".jpeg"] = "image/jpeg",
        [".png"] = "image/png",
        [".gif"] = "image/gif",
        [".webp"] = "image/webp",
    };

    private static readonly TimeSpan BackendAnswersWithin = TimeSpan.FromSeconds(9);

    // A redirect leads to the storage account: the function key must not go along.
    private readonly HttpClient _api = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private readonly HttpClient _storage = new();

    public JobApi(Uri api, string key)
    {
        _api.BaseAddress = api;
        _api.DefaultRequestHeaders.Add("x-functions-key", key);
    }

    /// <summary>The secret that signs webhooks whose receiver a job names.</summary>
    public async Task<string> ReadWebhookSecretAsync(CancellationToken cancellation)
    {
        using var answer = await _api.GetAsync(new Uri("webhook-endpoints/default/secret", UriKind.Relative), cancellation);
        var body = JsonNode.Parse(await SuccessAsync(answer, cancellation));
        return (string?)body?["key"] ?? throw new DemoException("The API answered without the webhook's secret.");
    }

    /// <summary>Asks for the account's credits, for which the app must reach the backend.</summary>
    /// <exception cref="DemoException">The backend did not answer in time, or refused.</exception>
    public async Task CheckBackendAsync(TimeProvider time, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(BackendAnswersWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            using var answer = await _api.GetAsync(new Uri("credits", UriKind.Relative), either.Token);
            await SuccessAsync(answer, either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new DemoException($"The backend did not answer within {BackendAnswersWithin.TotalSeconds} s. Check its URL (--backend) and the network.");
        }
    }

    public async Task<JobView> SubmitAsync(string video, string face, Uri webhook, CancellationToken cancellation)
    {
        var ends = new JsonArray(WebhookEventTypes.JobCompleted, WebhookEventTypes.JobFailed, WebhookEventTypes.JobCancelled);
        var request = new JsonObject { ["webhook"] = new JsonObject { ["url"] = webhook.AbsoluteUri, ["events"] = ends } };
        using var form = new MultipartFormDataContent
        {
            { JsonContent.Create(request), "request" },
            { FilePart(video), "video", Path.GetFileName(video) },
            { FilePart(face), "face", Path.GetFileName(face) },
        };
        using var answer = await _api.PostAsync(new Uri("jobs", UriKind.Relative), form, cancellation);
        return Job(await SuccessAsync(answer, cancellation));
    }

    public async Task<JobView> ReadAsync(string id, CancellationToken cancellation)
    {
        using var answer = await _api.GetAsync(new Uri($"jobs/{id}", UriKind.Relative), cancellation);
        return Job(await SuccessAsync(answer, cancellation));
    }

    public async Task DownloadAsync(string id, string path, CancellationToken cancellation)
    {
        using var redirect = await _api.GetAsync(new Uri($"jobs/{id}/result", UriKind.Relative), cancellation);
        var address = redirect.Headers.Location
            ?? throw new DemoException($"The API led to no result: {(int)redirect.StatusCode} {await redirect.Content.ReadAsStringAsync(cancellation)}");
        await using var source = await _storage.GetStreamAsync(new Uri(_api.BaseAddress!, address), cancellation);
        await using var target = File.Create(path);
        await source.CopyToAsync(target, cancellation);
    }

    /// <summary>Brings a file into storage and returns the id by which items name it.</summary>
    public async Task<string> UploadAsync(string path, CancellationToken cancellation)
    {
        using var answer = await _api.PostAsJsonAsync(new Uri("uploads", UriKind.Relative), new { filename = Path.GetFileName(path), size = new FileInfo(path).Length }, cancellation);
        var upload = JsonNode.Parse(await SuccessAsync(answer, cancellation))!;
        using var content = FilePart(path);
        using var request = new HttpRequestMessage(HttpMethod.Parse((string)upload["method"]!), (string)upload["url"]!) { Content = content };
        foreach (var (name, value) in upload["headers"]!.AsObject())
        {
            request.Headers.Add(name, (string?)value);
        }

        using var put = await _storage.SendAsync(request, cancellation);
        await SuccessAsync(put, cancellation);
        return (string)upload["id"]!;
    }

    public async Task<BatchView> SubmitBatchAsync(string content, string contentType, CancellationToken cancellation)
    {
        using var body = new StringContent(content, Encoding.UTF8, contentType);
        using var answer = await _api.PostAsync(new Uri("batches", UriKind.Relative), body, cancellation);
        return Batch(await SuccessAsync(answer, cancellation));
    }

    public async Task<BatchView> ReadBatchAsync(string id, CancellationToken cancellation)
    {
        using var answer = await _api.GetAsync(new Uri($"batches/{id}", UriKind.Relative), cancellation);
        return Batch(await SuccessAsync(answer, cancellation));
    }

    /// <summary>What came of a batch, a line of JSON for each item.</summary>
    public async Task<string> ReadResultsAsync(string id, CancellationToken cancellation)
    {
        using var answer = await _api.GetAsync(new Uri($"batches/{id}/results", UriKind.Relative), cancellation);
        return await SuccessAsync(answer, cancellation);
    }

    public void Dispose()
    {
        _api.Dispose();
        _storage.Dispose();
    }

    private static StreamContent FilePart(string path)
    {
        var type = ContentTypes.GetValueOrDefault(Path.GetExtension(path), "application/octet-stream");
        return new StreamContent(File.OpenRead(path)) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
    }

    private static BatchView Batch(string json) => JsonSerializer.Deserialize(json, BatchJson.Default.BatchView)!;

    private static JobView Job(string json) => JsonSerializer.Deserialize(json, JobJson.Default.JobView)!;

    private static async Task<string> SuccessAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        var body = await answer.Content.ReadAsStringAsync(cancellation);
        return answer.IsSuccessStatusCode
            ? body
            : throw new DemoException($"{answer.RequestMessage!.RequestUri!.AbsolutePath} was answered {(int)answer.StatusCode}: {Reason(answer, body)}");
    }

    // RFC 9457: what is wrong and what to do; other bodies are shown as they are.
    private static string Reason(HttpResponseMessage answer, string body) =>
        answer.Content.Headers.ContentType?.MediaType == "application/problem+json" && JsonNode.Parse(body) is { } problem
            ? $"{problem["detail"]} {problem["remedy"]} ({problem["code"]}){Items(problem["items"]?.AsArray())}"
            : body;

    private static string Items(JsonArray? items) => items is null ? "" : string.Concat(items.Select(item =>
        $"\n  {(item!["line"] is { } line ? $"line {line}" : $"item {item["item"]}")}{(item["column"] is { } column ? $", {column}" : "")}: {item["detail"]}"));
}
