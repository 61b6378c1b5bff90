using FaceSwap.Jobs;
using FaceSwap.Webhooks;

namespace FaceSwap.Demo;

/// <summary>One job from submission to the file on disk.</summary>
internal sealed class DemoRun(DemoOptions options, TextWriter output, TimeProvider time)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan WebhookPatience = TimeSpan.FromSeconds(60);

    /// <returns>Whether the job completed, its webhook arrived with a valid signature, and the result is an MP4.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellation)
    {
        using var api = new JobApi(options.Api, options.Key);
        await api.CheckBackendAsync(time, cancellation);
        var secret = await api.ReadWebhookSecretAsync(cancellation);
        await using var inbox = await WebhookInbox.OpenAsync(secret, time, cancellation);

        var job = await api.SubmitAsync(options.Video, options.Face, inbox.Address, cancellation);
        await output.WriteLineAsync($"Job {job.Id}: {Path.GetFileName(options.Video)} with the face of {Path.GetFileName(options.Face)}");
        job = await FollowAsync(api, job, cancellation);
        var isSigned = await CheckWebhookAsync(inbox, job, cancellation);
        if (job.Status != JobStage.Completed)
        {
            await output.WriteLineAsync($"The job ended as {job.Status.ToString().ToLowerInvariant()}: {job.Error?.Code}. {job.Error?.Detail} {job.Error?.Remedy}");
            return false;
        }

        var path = await FetchAsync(api, job.Id, cancellation);
        var facts = Mp4Reader.Read(path);
        await output.WriteLineAsync($"{path} ({facts})");
        return isSigned;
    }

    private async Task<JobView> FollowAsync(JobApi api, JobView job, CancellationToken cancellation)
    {
        var display = new StageDisplay(output, isTerminal: !Console.IsOutputRedirected);
        display.Show(job);
        while (!job.Status.IsFinal())
        {
            await Task.Delay(PollInterval, time, cancellation);
            job = await api.ReadAsync(job.Id, cancellation);
            display.Show(job);
        }

        return job;
    }

    private async Task<bool> CheckWebhookAsync(WebhookInbox inbox, JobView job, CancellationToken cancellation)
    {
        ReceivedWebhook received;
        try
        {
            received = await inbox.First.WaitAsync(WebhookPatience, time, cancellation);
        }
        catch (TimeoutException)
        {
            await output.WriteLineAsync($"Webhook: none arrived within {WebhookPatience.TotalSeconds} s.");
            return false;
        }

        var isOurs = received.Verdict == WebhookVerdict.Valid && received.Event?.Data.Id == job.Id;
        await output.WriteLineAsync(isOurs
            ? $"Webhook {received.Event!.Type}: the signature is valid."
            : $"Webhook: not to be believed ({received.Verdict}, job {received.Event?.Data.Id ?? "unknown"}).");
        return isOurs;
    }

    private async Task<string> FetchAsync(JobApi api, string id, CancellationToken cancellation)
    {
        Directory.CreateDirectory(options.Output);
        var path = Path.Combine(options.Output, $"{id}.mp4");
        await api.DownloadAsync(id, path, cancellation);
        return path;
    }
}
