using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs.Specialized;
using FaceSwap.Jobs;
using FaceSwap.Storage;
using FaceSwap.Testing.Backend;
using FaceSwap.Testing.Emulator;
using FaceSwap.Testing.Host;
using FaceSwap.Testing.Media;
using FaceSwap.Testing.Time;
using NemoVideo.Simulator.Scenarios;

namespace FaceSwap.Benchmarks;

/// <summary>How much is measured. The short form proves that everything runs; its figures mean little.</summary>
internal sealed record ApiScale(int Jobs, TimeSpan Load, int Watchers, int FewListed, int ManyListed, int UploadBytes)
{
    public static ApiScale Full { get; } = new(200, TimeSpan.FromSeconds(30), 200, 1_000, 100_000, 500_000_000);

    public static ApiScale Short { get; } = new(10, TimeSpan.FromSeconds(3), 20, 50, 500, 5_000_000);
}

/// <summary>The API over the local host, under load from outside: times as ratios to the cheapest call, lists, and what watching costs.</summary>
internal static class ApiBenchmark
{
    private const int RequestsPerSecond = 200;

    // Of twenty requests: one submission, four looks at the app's health, and the others read a job.
    private const int Cycle = 20;
    private const int HealthOfCycle = 4;
    private const int BlockBytes = 4_000_000;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan JobsSettleWithin = TimeSpan.FromMinutes(5);

    public static async IAsyncEnumerable<Figure> RunAsync(ApiScale scale)
    {
        await using AzuriteServer azurite = await AzuriteServer.StartAsync();
        await using SimulatorProcess backend = await SimulatorProcess.StartAsync("--anonymouscredits=100000000");
        await using MediaServer media = await MediaServer.StartAsync();
        string container = azurite.NewContainerName();
        await using AppHost host = await AppHost.StartAsync(Settings(azurite, container, backend));
        using HttpClient http = host.CreateClient();

        // Every job reaches its render, and stays there.
        await backend.Control.ChooseAsync(new Scenario { Timings = new Dictionary<Phase, int> { [Phase.RenderQueue] = 3_600_000 } });
        JsonObject submission = new()
        {
            ["video"] = media.Serve("clip.mp4", SampleMedia.Clip).AbsoluteUri,
            ["face"] = media.Serve("face.jpg", SampleMedia.FaceJpeg).AbsoluteUri,
            ["deadline"] = "PT24H",
        };
        string[] jobs = await SubmitAsync(http, submission, scale.Jobs);

        await foreach (Figure figure in LoadAsync(http, submission, jobs, scale.Load))
        {
            yield return figure;
        }

        yield return new("watcher-memory", await WatchAsync(host, http, jobs[0], scale.Watchers), "kB", 100, AtLeast: false);
        yield return new("upload-memory", await UploadAsync(host, http, submission, scale.UploadBytes), "MB", 100, AtLeast: false);
        (double few, double many) = await ListAsync(scale);
        yield return new($"list-{scale.FewListed}", few, "ms");
        yield return new($"list-{scale.ManyListed}", many, "ms");
        yield return new("list-growth", many / few, "times", 3, AtLeast: false);
    }

    private static Dictionary<string, string> Settings(AzuriteServer azurite, string container, SimulatorProcess backend) => new()
    {
        ["MasterKey"] = Convert.ToBase64String(new byte[32]),
        ["Storage__ConnectionString"] = azurite.ConnectionString,
        ["Storage__Container"] = container,
        ["Network__AllowedRanges"] = "127.0.0.0/8",
        ["Nemo__BaseUrl"] = backend.Address.ToString(),
        ["Jobs__FirstReadAfter"] = "00:00:01",
        ["Jobs__SettleInterval"] = "00:00:01",
        ["Jobs__StepRetryDelay"] = "00:00:01",
    };

    private static async Task<string[]> SubmitAsync(HttpClient http, JsonObject submission, int count)
    {
        string[] ids = await Task.WhenAll(Enumerable.Range(0, count).Select(async _ =>
        {
            using HttpResponseMessage answer = await http.PostAsJsonAsync("api/jobs", submission);
            answer.EnsureSuccessStatusCode();
            return (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["id"]!;
        }));
        foreach (string id in ids)
        {
            await Eventually.HoldsAsync(
                async () => (string?)JsonNode.Parse(await http.GetStringAsync($"api/jobs/{id}"))!["status"] == "rendering", $"{id} is rendering", JobsSettleWithin);
        }

        return ids;
    }

    // Requests come when they are due, whatever became of those before: a slow answer does not spare the app the next request.
    private static async IAsyncEnumerable<Figure> LoadAsync(HttpClient http, JsonObject submission, string[] jobs, TimeSpan length)
    {
        int count = (int)(length.TotalSeconds * RequestsPerSecond);
        List<Task<(string Call, double Milliseconds)>> requests = new(count);
        long start = Stopwatch.GetTimestamp();
        for (int request = 0; request < count; request++)
        {
            TimeSpan due = TimeSpan.FromSeconds((double)request / RequestsPerSecond);
            TimeSpan early = due - Stopwatch.GetElapsedTime(start);
            if (early > TimeSpan.Zero)
            {
                await Task.Delay(early, TimeProvider.System);
            }

            requests.Add(TimeAsync(http, submission, request, jobs[request % jobs.Length], start, due));
        }

        ILookup<string, double> times = (await Task.WhenAll(requests)).ToLookup(request => request.Call, request => request.Milliseconds);
        double[] health = [.. times["health"].Order()];
        yield return new("health-p50", Quantile.Of(health, 0.5), "ms");
        yield return new("health-p99", Quantile.Of(health, 0.99), "ms");
        foreach (string call in new[] { "status", "submit" })
        {
            double[] sorted = [.. times[call].Order()];
            yield return new($"{call}-p50", Quantile.Of(sorted, 0.5), "ms");
            yield return new($"{call}-p99", Quantile.Of(sorted, 0.99), "ms");
            yield return new($"{call}-p50-ratio", Quantile.Of(sorted, 0.5) / Quantile.Of(health, 0.5), "ratio");
            yield return new($"{call}-p99-ratio", Quantile.Of(sorted, 0.99) / Quantile.Of(health, 0.99), "ratio");
        }
    }

    private static async Task<(string Call, double Milliseconds)> TimeAsync(
        HttpClient http, JsonObject submission, int request, string job, long start, TimeSpan due)
    {
        string call = (request % Cycle) switch
        {
            0 => "submit",
            <= HealthOfCycle => "health",
            _ => "status",
        };
        using HttpResponseMessage answer = call switch
        {
            "submit" => await http.PostAsJsonAsync("api/jobs", submission),
            "health" => await http.GetAsync("api/health"),
            _ => await http.GetAsync($"api/jobs/{job}"),
        };
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync();
        return (call, (Stopwatch.GetElapsedTime(start) - due).TotalMilliseconds);
    }

    private static async Task<double> WatchAsync(AppHost host, HttpClient http, string job, int watchers)
    {
        await Task.Delay(Idle, TimeProvider.System);
        long before = host.WorkingSet;
        HttpResponseMessage[] streams = await Task.WhenAll(Enumerable.Range(0, watchers)
            .Select(_ => http.GetAsync($"api/jobs/{job}/events", HttpCompletionOption.ResponseHeadersRead)));
        await Task.Delay(Idle, TimeProvider.System);
        long after = host.WorkingSet;
        foreach (HttpResponseMessage stream in streams)
        {
            stream.EnsureSuccessStatusCode();
            stream.Dispose();
        }

        return Math.Max(0, after - before) / 1024.0 / watchers;
    }

    // How much the host holds at most, beyond what it held before, while a job takes over a large file and brings it to the backend.
    private static async Task<double> UploadAsync(AppHost host, HttpClient http, JsonObject submission, int bytes)
    {
        using HttpResponseMessage opened = await http.PostAsJsonAsync("api/uploads", new { filename = "large.mp4", size = bytes });
        opened.EnsureSuccessStatusCode();
        JsonNode upload = JsonNode.Parse(await opened.Content.ReadAsStringAsync())!;
        await FillAsync(new BlockBlobClient(new Uri((string)upload["url"]!)), bytes);
        await Task.Delay(Idle, TimeProvider.System);
        long before = host.WorkingSet;
        long most = before;

        JsonObject large = submission.DeepClone().AsObject();
        large["video"] = (string)upload["id"]!;
        using HttpResponseMessage answer = await http.PostAsJsonAsync("api/jobs", large);
        answer.EnsureSuccessStatusCode();
        string id = (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["id"]!;
        await Eventually.HoldsAsync(
            async () =>
            {
                most = Math.Max(most, host.WorkingSet);
                return (string?)JsonNode.Parse(await http.GetStringAsync($"api/jobs/{id}"))!["status"] == "rendering";
            },
            $"{id} is rendering",
            JobsSettleWithin);
        return (most - before) / 1e6;
    }

    // A clip, and zeros after it.
    private static async Task FillAsync(BlockBlobClient blob, int bytes)
    {
        byte[] block = new byte[BlockBytes];
        SampleMedia.Clip.CopyTo(block, 0);
        List<string> blocks = [];
        for (int written = 0; written < bytes; written += block.Length)
        {
            string id = Convert.ToBase64String(BitConverter.GetBytes(written));
            using MemoryStream content = new(block, 0, Math.Min(block.Length, bytes - written));
            await blob.StageBlockAsync(id, content);
            blocks.Add(id);
            Array.Clear(block);
        }

        await blob.CommitBlockListAsync(blocks);
    }

    private static async Task<(double Few, double Many)> ListAsync(ApiScale scale)
    {
        await using AzuriteServer azurite = await AzuriteServer.StartAsync();
        string container = azurite.NewContainerName();
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        await new BlobStore(azurite.Container(container)).EnsureContainerAsync(CancellationToken.None);
        await azurite.MultiplyAsync(container, [.. MarksOf("few", scale.FewListed, now), .. MarksOf("many", scale.ManyListed, now)]);
        JobIndex index = new(new BlobStore(azurite.Container(container)), TimeProvider.System);
        double few = double.MaxValue;
        double many = double.MaxValue;
        for (int round = 0; round < 20; round++)
        {
            few = Math.Min(few, await PageAsync(index, "few"));
            many = Math.Min(many, await PageAsync(index, "many"));
        }

        return (few, many);
    }

    // Evenly over the time for which jobs are kept.
    private static IEnumerable<string> MarksOf(string caller, int jobs, DateTimeOffset now)
    {
        JobPolicy policy = new();
        return Enumerable.Range(0, jobs).Select(job =>
            JobIndex.MarkOf(new JobInput($"job_{job:x32}", caller, now - (Kept / jobs * job), "", null, null, null, null, "en", null, policy)).Path);
    }

    private static async Task<double> PageAsync(JobIndex index, string caller)
    {
        long start = Stopwatch.GetTimestamp();
        IndexPage page = await index.PageAsync(caller, new JobFilter(), null, 20, CancellationToken.None);
        double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;

        // What finds nothing would be quick.
        return page.Jobs.Count == 20 ? milliseconds : throw new InvalidOperationException($"The page of '{caller}' has {page.Jobs.Count} jobs.");
    }
}
