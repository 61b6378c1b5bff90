using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FaceSwap.Testing.Backend;
using FaceSwap.Testing.Emulator;
using FaceSwap.Testing.Folders;
using FaceSwap.Testing.Host;
using FaceSwap.Testing.Media;
using FaceSwap.Testing.Time;

namespace FaceSwap.Benchmarks;

/// <summary>How large the batches are that are measured. The short form proves that everything runs; its figures mean little.</summary>
internal sealed record BatchScale(int[] Sizes, int WarmUp)
{
    public static BatchScale Full { get; } = new([125, 250, 500, 1000], 32);

    public static BatchScale Short { get; } = new([2, 4], 1);
}

/// <summary>Batches of growing size over the local host: whether time and history grow with the items, and no faster.</summary>
internal static class BatchBenchmark
{
    private const int Concurrency = 16;
    private const double BytesPerKilobyte = 1024;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan EndsWithin = TimeSpan.FromMinutes(10);

    public static async IAsyncEnumerable<Figure> RunAsync(BatchScale scale)
    {
        List<BatchMeasure> measures = [];
        foreach (int size in scale.Sizes)
        {
            BatchMeasure measure = await MeasureAsync(size, scale.WarmUp);
            measures.Add(measure);
            yield return new(Named("time", size), measure.Seconds, "s");
            yield return new(Named("rate", size), size / measure.Seconds, "items/s");
            yield return new(Named("history", size), measure.Windows.Sum() / BytesPerKilobyte, "kB");
        }

        yield return new("time-exponent", ExponentOf(measures, measure => measure.Seconds), "exponent", 1.1, AtLeast: false);
        yield return new("history-exponent", ExponentOf(measures, measure => measure.Windows.Sum()), "exponent", 1.1, AtLeast: false);
        yield return new("largest-window", measures.Max(measure => measure.Windows.Max()) / BytesPerKilobyte, "kB", 64, AtLeast: false);
    }

    // Everything anew for each size: what an earlier batch left would count against a later one.
    private static async Task<BatchMeasure> MeasureAsync(int size, int warmUp)
    {
        await using AzuriteServer azurite = await AzuriteServer.StartAsync();
        await using SimulatorProcess backend = await SimulatorProcess.StartAsync("--anonymouscredits=100000000");
        await using MediaServer media = await MediaServer.StartAsync();
        using TempFolder histories = new();
        await using AppHost host = await AppHost.StartAsync(new Dictionary<string, string>(Settings(azurite, backend)) { ["LocalHost__Histories"] = histories.FullName });
        using HttpClient http = host.CreateClient();
        await RunBatchAsync(http, media, "warm-up", warmUp);
        (string id, double seconds) = await RunBatchAsync(http, media, "measured", size);
        return new(size, seconds, await WindowsOfAsync(histories.FullName, id));
    }

    private static Dictionary<string, string> Settings(AzuriteServer azurite, SimulatorProcess backend) => new()
    {
        ["MasterKey"] = Convert.ToBase64String(new byte[32]),
        ["Storage__ConnectionString"] = azurite.ConnectionString,
        ["Storage__Container"] = azurite.NewContainerName(),
        ["Network__AllowedRanges"] = "127.0.0.0/8",
        ["Nemo__BaseUrl"] = backend.Address.ToString(),
        ["Jobs__FirstReadAfter"] = "00:00:00.2",
        ["Jobs__SettleInterval"] = "00:00:00.2",
        ["Jobs__RenderShortest"] = "00:00:00.05",
        ["Jobs__RenderLongest"] = "00:00:00.5",
        ["Jobs__PollShortest"] = "00:00:00.05",
        ["Jobs__PollLongest"] = "00:00:00.2",
        ["Jobs__RenderPolls"] = "200",
        ["Jobs__StepRetryDelay"] = "00:00:01",
    };

    private static async Task<(string Id, double Seconds)> RunBatchAsync(HttpClient http, MediaServer media, string name, int size)
    {
        JsonObject batch = new()
        {
            ["items"] = new JsonArray([.. Enumerable.Range(1, size).Select(number => ItemOf(media, name, number))]),
            ["defaults"] = new JsonObject { ["face"] = media.Serve("face.jpg", SampleMedia.FaceJpeg).AbsoluteUri },
            ["concurrency"] = Concurrency,
        };
        long start = TimeProvider.System.GetTimestamp();
        using HttpResponseMessage answer = await http.PostAsJsonAsync("api/batches", batch);
        answer.EnsureSuccessStatusCode();
        string id = (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["id"]!;
        JsonNode ended = await EndOfAsync(http, id, start);
        double seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;

        // What failed would have been quick.
        return (int)ended["counts"]!["completed"]! == size
            ? (id, seconds)
            : throw new InvalidOperationException($"Not every item completed: {ended.ToJsonString()}");
    }

    private static JsonObject ItemOf(MediaServer media, string name, int number) =>
        new JsonObject { ["video"] = media.Serve($"{name}-{number}.mp4", SampleMedia.Clip).AbsoluteUri };

    private static async Task<JsonNode> EndOfAsync(HttpClient http, string id, long start)
    {
        while (true)
        {
            JsonNode batch = JsonNode.Parse(await http.GetStringAsync($"api/batches/{id}"))!;
            if ((string?)batch["status"] is "completed" or "stopped" or "cancelled")
            {
                return batch;
            }

            if (TimeProvider.System.GetElapsedTime(start) > EndsWithin)
            {
                throw new TimeoutException($"The batch does not end: {batch.ToJsonString()}");
            }

            await Task.Delay(LookEvery, TimeProvider.System);
        }
    }

    // A batch is read as ended a moment before the last turn of its instance.
    private static async Task<IReadOnlyList<double>> WindowsOfAsync(string folder, string id) => await Eventually.GivesAsync(
        async () =>
        {
            List<double> windows = [];
            bool hasEnded = false;
            foreach (string file in Directory.EnumerateFiles(folder, $"FaceSwapBatch-{id}-*.json"))
            {
                JsonNode turn = JsonNode.Parse(await File.ReadAllTextAsync(file))!;
                windows.Add(Convert.FromBase64String((string)turn["request"]!).Length);
                hasEnded |= (bool)turn["isEnd"]!;
            }

            return hasEnded ? windows : null;
        },
        $"the history of {id} is recorded");

    private static string Named(string figure, int size) => string.Create(CultureInfo.InvariantCulture, $"{figure}-{size}");

    // The slope of the line of least squares through the logarithms: 1 where twice the items take twice as much.
    private static double ExponentOf(IReadOnlyList<BatchMeasure> measures, Func<BatchMeasure, double> value)
    {
        (double X, double Y)[] points = [.. measures.Select(measure => (Math.Log(measure.Size), Math.Log(value(measure))))];
        (double meanX, double meanY) = (points.Average(point => point.X), points.Average(point => point.Y));
        return points.Sum(point => (point.X - meanX) * (point.Y - meanY)) / points.Sum(point => (point.X - meanX) * (point.X - meanX));
    }

    /// <summary>What one batch took.</summary>
    /// <param name="Size">How many items it had.</param>
    /// <param name="Seconds">From its submission until it is seen to have ended.</param>
    /// <param name="Windows">The bytes of each of its instance's histories, in their order.</param>
    private sealed record BatchMeasure(int Size, double Seconds, IReadOnlyList<double> Windows);
}
