using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using FaceSwap.Testing.Backend;
using FaceSwap.Testing.Emulator;
using FaceSwap.Testing.Host;
using FaceSwap.Testing.Media;
using FaceSwap.Testing.Time;
using FaceSwap.Testing.Webhooks;
using NemoVideo.Simulator.Scenarios;

namespace FaceSwap.Benchmarks;

/// <summary>How many jobs are measured. The short form proves that everything runs; its figures mean little.</summary>
/// <param name="Waves">How many jobs at once, and how often.</param>
/// <param name="Counted">The wave whose requests to storage and processor time are counted.</param>
internal sealed record JobsScale((int Jobs, int Times)[] Waves, int Counted)
{
    public static JobsScale Full { get; } = new([(1, 10), (20, 3), (50, 2)], 20);

    public static JobsScale Short { get; } = new([(1, 1), (3, 1)], 3);
}

/// <summary>Jobs from their submission to their webhook, beside a client that makes the same calls without durability; and what a job takes.</summary>
internal static class JobsBenchmark
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan EndsWithin = TimeSpan.FromMinutes(5);

    private static readonly JobWaits Waits = new(
        TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1));

    public static async IAsyncEnumerable<Figure> RunAsync(JobsScale scale)
    {
        await using AzuriteServer azurite = await AzuriteServer.StartAsync();
        await using SimulatorProcess backend = await SimulatorProcess.StartAsync("--anonymouscredits=100000000");
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using AppHost host = await AppHost.StartAsync(Settings(azurite, backend));
        using HttpClient http = host.CreateClient();
        using PlainClient plain = await PlainClient.CreateAsync(backend.Address, Waits);
        await backend.Control.ChooseAsync(new Scenario
        {
            Timings = new Dictionary<Phase, int> { [Phase.Generation] = 1_000, [Phase.SecondStage] = 500, [Phase.Render] = 1_500 },
        });
        await JobsAsync(http, receiver, 2);
        await PlainAsync(plain, 2);

        foreach ((int jobs, int times) in scale.Waves)
        {
            List<double> durable = [];
            List<double> bare = [];
            Usage before = Usage.Of(host, azurite);
            for (int time = 0; time < times; time++)
            {
                durable.AddRange(await JobsAsync(http, receiver, jobs));
            }

            Usage used = Usage.Of(host, azurite).Since(before);
            for (int time = 0; time < times; time++)
            {
                bare.AddRange(await PlainAsync(plain, jobs));
            }

            foreach (Figure figure in Compare(jobs, durable, bare))
            {
                yield return figure;
            }

            if (jobs == scale.Counted)
            {
                foreach (Figure figure in used.PerJob(jobs * times))
                {
                    yield return figure;
                }
            }
        }

        yield return new("host-memory", host.WorkingSet / 1e6, "MB");
        yield return new("worker-memory", host.WorkerWorkingSet / 1e6, "MB");
        Usage idle = Usage.Of(host, azurite);
        await Task.Delay(Idle, TimeProvider.System);
        foreach (Figure figure in Usage.Of(host, azurite).Since(idle).WhileIdle(Idle))
        {
            yield return figure;
        }

        yield return new("worker-first-answer", await FirstAnswerAsync(host, http), "s");
    }

    private static Dictionary<string, string> Settings(AzuriteServer azurite, SimulatorProcess backend) => new()
    {
        ["MasterKey"] = Convert.ToBase64String(new byte[32]),
        ["Storage__ConnectionString"] = azurite.ConnectionString,
        ["Storage__Container"] = azurite.NewContainerName(),
        ["Network__AllowedRanges"] = "127.0.0.0/8",
        ["Nemo__BaseUrl"] = backend.Address.ToString(),
        ["Jobs__SettleInterval"] = $"{Waits.Settle}",
        ["Jobs__RenderShortest"] = $"{Waits.RenderShortest}",
        ["Jobs__RenderLongest"] = $"{Waits.RenderLongest}",
        ["Jobs__PollShortest"] = $"{Waits.PollShortest}",
        ["Jobs__PollLongest"] = $"{Waits.PollLongest}",
    };

    /// <summary>Submits jobs at once; for each the seconds until its webhook tells that it completed.</summary>
    private static async Task<IReadOnlyList<double>> JobsAsync(HttpClient http, WebhookReceiver receiver, int jobs) =>
        await Task.WhenAll(Enumerable.Range(0, jobs).Select(async _ =>
        {
            DateTimeOffset start = TimeProvider.System.GetUtcNow();
            JsonObject webhook = new() { ["webhook"] = new JsonObject { ["url"] = receiver.Address.AbsoluteUri, ["events"] = new JsonArray("job.completed", "job.failed") } };
            using MultipartFormDataContent form = new()
            {
                { new StringContent(webhook.ToJsonString(), new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")), "request" },
                { new ByteArrayContent(SampleMedia.Clip), "video", "clip.mp4" },
                { new ByteArrayContent(SampleMedia.FaceJpeg), "face", "face.jpg" },
            };
            using HttpResponseMessage answer = await http.PostAsync("api/jobs", form);
            answer.EnsureSuccessStatusCode();
            string id = (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["id"]!;
            ReceivedWebhook told = await Eventually.GivesAsync(
                () => Task.FromResult(receiver.Received.FirstOrDefault(one => one.Header("webhook-id")!.Contains(id, StringComparison.Ordinal))), $"{id} is told of", EndsWithin);
            string? type = (string?)JsonNode.Parse(told.Body.Span)!["type"];
            return type == "job.completed" ? (told.ReceivedAt - start).TotalSeconds : throw new InvalidOperationException($"{id}: {type}");
        }));

    /// <summary>Makes the same calls at once; for each the seconds until it has the video.</summary>
    private static async Task<IReadOnlyList<double>> PlainAsync(PlainClient plain, int swaps) => await Task.WhenAll(Enumerable.Range(0, swaps).Select(async _ =>
    {
        long start = Stopwatch.GetTimestamp();
        byte[] video = await plain.SwapAsync();
        return video.Length == SampleMedia.Clip.Length ? Stopwatch.GetElapsedTime(start).TotalSeconds : throw new InvalidOperationException("The plain client got another video.");
    }));

    private static IEnumerable<Figure> Compare(int jobs, List<double> durable, List<double> plain)
    {
        foreach ((string name, double share) in new[] { ("p50", 0.5), ("p95", 0.95) })
        {
            (double slow, double fast) = (Quantile.Of([.. durable.Order()], share), Quantile.Of([.. plain.Order()], share));
            yield return new(Named("jobs", jobs, name), slow, "s");
            yield return new(Named("plain", jobs, name), fast, "s");
            yield return new(Named("ratio", jobs, name), slow / fast, "ratio");
        }
    }

    private static async Task<double> FirstAnswerAsync(AppHost host, HttpClient http)
    {
        await host.KillWorkerAsync();
        await Eventually.HoldsAsync(
            async () =>
            {
                using HttpResponseMessage answer = await http.GetAsync("api/health");
                return answer.IsSuccessStatusCode;
            },
            "the new worker answers");
        return (TimeProvider.System.GetUtcNow() - host.WorkerStartedAt).TotalSeconds;
    }

    private static string Named(string what, int jobs, string quantile) => string.Create(CultureInfo.InvariantCulture, $"{what}-{jobs}-{quantile}");

    /// <summary>What the processes have used since they started.</summary>
    private sealed record Usage(StorageRequests Requests, TimeSpan Host, TimeSpan Worker, TimeSpan Emulator)
    {
        public static Usage Of(AppHost host, AzuriteServer azurite) => new(azurite.CountRequests(), host.ProcessorTime, host.WorkerProcessorTime, azurite.ProcessorTime);

        public Usage Since(Usage earlier) => new(Requests.Since(earlier.Requests), Host - earlier.Host, Worker - earlier.Worker, Emulator - earlier.Emulator);

        public IEnumerable<Figure> PerJob(int jobs) =>
        [
            new("blob-requests-per-job", (double)Requests.Blob / jobs, "requests"),
            new("queue-requests-per-job", (double)Requests.Queue / jobs, "requests"),
            new("table-requests-per-job", (double)Requests.Table / jobs, "requests"),
            new("host-processor-per-job", Host.TotalSeconds / jobs, "s"),
            new("worker-processor-per-job", Worker.TotalSeconds / jobs, "s"),
            new("emulator-processor-per-job", Emulator.TotalSeconds / jobs, "s"),
        ];

        public IEnumerable<Figure> WhileIdle(TimeSpan time) =>
        [
            new("requests-idle", (Requests.Blob + Requests.Queue + Requests.Table) / time.TotalSeconds, "requests/s"),
            new("host-processor-idle", 100 * Host / time, "percent"),
            new("emulator-processor-idle", 100 * Emulator / time, "percent"),
        ];
    }
}
