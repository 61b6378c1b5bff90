using System.Text.Json.Nodes;
using FaceSwap.Batches;

namespace FaceSwap.Demo;

/// <summary>One batch from its manifest to a folder of results.</summary>
internal sealed class BatchDemo(DemoOptions options, string manifest, TextWriter output, TimeProvider time)
{
    private const int BarWidth = 28;
    private const string ClearLine = "\r\x1b[K";
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    private readonly bool _isTerminal = !Console.IsOutputRedirected;
    private string _shown = "";

    /// <returns>Whether every item has a result.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellation)
    {
        using var api = new JobApi(options.Api, options.Key);
        await api.CheckBackendAsync(time, cancellation);
        var (content, type) = await new LocalManifest(manifest, file => api.UploadAsync(file, cancellation)).ReadAsync(cancellation);
        var batch = await api.SubmitBatchAsync(content, type, cancellation);
        await output.WriteLineAsync($"Batch {batch.Id}: {batch.Counts.Items} items of {Path.GetFileName(manifest)}, {batch.Concurrency} at a time");
        Show(batch);
        while (batch.Status < BatchState.Completed)
        {
            await Task.Delay(PollInterval, time, cancellation);
            batch = await api.ReadBatchAsync(batch.Id, cancellation);
            Show(batch);
            if (batch.Status == BatchState.Paused)
            {
                throw new DemoException($"The batch is paused: {batch.Error?.Detail} {batch.Error?.Remedy}");
            }
        }

        if (_isTerminal)
        {
            await output.WriteLineAsync();
        }

        return await FetchAsync(api, batch.Id, cancellation);
    }

    private void Show(BatchView batch)
    {
        var counts = batch.Counts;
        var failed = counts.Failed + counts.Ambiguous + counts.Cancelled;
        var line = $"  {Bar(batch.Percent)} {batch.Percent,3} %  {counts.Completed} of {counts.Items} done{(failed == 0 ? "" : $", {failed} failed")}, {counts.Running} running";
        if (line != _shown)
        {
            _shown = line;
            output.Write(_isTerminal ? ClearLine + line : line + Environment.NewLine);
        }
    }

    private async Task<bool> FetchAsync(JobApi api, string id, CancellationToken cancellation)
    {
        var folder = Path.Combine(options.Output, id);
        Directory.CreateDirectory(folder);
        var results = await api.ReadResultsAsync(id, cancellation);
        await File.WriteAllTextAsync(Path.Combine(folder, "results.jsonl"), results, cancellation);
        var all = true;
        foreach (var item in results.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!))
        {
            var (number, job) = ((int)item["item"]!, (string?)item["jobId"]);
            if ((string?)item["status"] != "completed")
            {
                all = false;
                await output.WriteLineAsync($"  {number,4}  {item["status"]}: {item["error"]}");
                continue;
            }

            var path = Path.Combine(folder, $"{number:0000}-{job}.mp4");
            await api.DownloadAsync(job!, path, cancellation);
            await output.WriteLineAsync($"  {number,4}  {path} ({Mp4Reader.Read(path)})");
        }

        return all;
    }

    private static string Bar(int percent)
    {
        var full = percent * BarWidth / 100;
        return new string('█', full) + new string('░', BarWidth - full);
    }
}
