using System.Security.Cryptography;
using System.Text;

namespace FaceSwap.Storage;

/// <summary>Where things lie in the container. No text of a caller is ever part of a path.</summary>
internal static class JobPaths
{
    public const string AnonymousToken = "system/anonymous-token";

    public const string AllJobs = "jobs/";

    public const string AllMarks = "index/";

    public const string AllKeys = "keys/";

    public const string AllSessions = "system/sessions/";

    public const string AllDeliveries = "webhooks/";

    /// <summary>All that is kept of a job.</summary>
    public static string Job(string jobId) => $"{AllJobs}{jobId}/";

    /// <summary>A job's media.</summary>
    public static string Inputs(string jobId) => $"{Job(jobId)}input/";

    public static string Input(string jobId, string fileName) => $"{Inputs(jobId)}{fileName}";

    public static string Result(string jobId) => $"jobs/{jobId}/result/video.mp4";

    public const string RenderTimes = "system/render-times.json";

    public static string Baseline(string jobId) => $"jobs/{jobId}/baseline.json";

    /// <summary>The credits that jobs have reserved of an account: a mark for each job.</summary>
    public static string Reservations(string account) => $"system/reservations/{account}/";

    public static string SessionOwner(string sessionId) => $"{AllSessions}{sessionId}";

    public static string Draft(string jobId) => $"jobs/{jobId}/draft.json";

    public static string Progress(string jobId) => $"jobs/{jobId}/progress.json";

    /// <summary>The mark of a job that its caller wants to end.</summary>
    public static string Cancellation(string jobId) => $"jobs/{jobId}/cancel";

    public static string Record(string jobId) => $"jobs/{jobId}/job.json";

    public static string Intent(string jobId, int attempt) => $"jobs/{jobId}/ledger/swap-{attempt}.json";

    public static string UploadIntent(string jobId, string sessionId) => $"jobs/{jobId}/ledger/upload-{sessionId}.json";

    /// <summary>The marks of a caller's jobs, newest first.</summary>
    public static string Jobs(string caller) => $"{AllMarks}{Folder(caller)}/";

    public const string AllBatches = "batches/";

    /// <summary>All that is kept of a batch, apart from its jobs.</summary>
    public static string Batch(string batchId) => $"{AllBatches}{batchId}/";

    /// <summary>Some of a batch's items, as they were accepted; or of a schedule, whose batches are made of them.</summary>
    public static string BatchItems(string itemsAt, int lot) => $"{Batch(itemsAt)}items/{lot:0000}.json";

    /// <summary>The marks of a batch's jobs, newest first.</summary>
    public static string BatchJobs(string batchId) => $"{Batch(batchId)}jobs/";

    public static string BatchRecord(string batchId) => $"{Batch(batchId)}batch.json";

    public static string BatchResults(string batchId) => $"{Batch(batchId)}results.jsonl";

    /// <summary>The marks of a caller's batches, newest first.</summary>
    public static string Batches(string caller) => $"{AllBatchMarks}{Folder(caller)}/";

    public const string AllBatchMarks = "batch-index/";

    public const string AllSchedules = "schedules/";

    /// <summary>A caller's schedules: a folder for each.</summary>
    public static string Schedules(string caller) => $"{AllSchedules}{Folder(caller)}/";

    /// <summary>All that is kept of a schedule.</summary>
    public static string ScheduleFolder(string caller, string scheduleId) => $"{Schedules(caller)}{scheduleId}/";

    public static string Schedule(string caller, string scheduleId) => $"{ScheduleFolder(caller, scheduleId)}schedule.json";

    /// <summary>A schedule's runs, newest first.</summary>
    public static string ScheduleRuns(string caller, string scheduleId) => $"{ScheduleFolder(caller, scheduleId)}runs/";

    public static string ScheduleRun(string caller, string scheduleId, DateTimeOffset at) =>
        $"{ScheduleRuns(caller, scheduleId)}{long.MaxValue - at.UtcTicks:x16}.json";

    /// <summary>Which files of the library a run of a schedule takes.</summary>
    public static string ScheduleFiles(string caller, string scheduleId, DateTimeOffset at) =>
        $"{ScheduleFolder(caller, scheduleId)}files/{long.MaxValue - at.UtcTicks:x16}.json";

    /// <summary>The marks of the files that runs of a schedule have taken.</summary>
    public static string ScheduleTaken(string caller, string scheduleId) => $"{ScheduleFolder(caller, scheduleId)}taken/";

    public const string AllLimits = "limits/";

    /// <summary>The marks of the jobs that a caller is about to start: each is named by its job.</summary>
    public static string Starts(string caller) => $"{AllLimits}{Folder(caller)}/starts/";

    public static string Start(string caller, string jobId) => $"{Starts(caller)}{jobId}";

    /// <summary>A caller's requests in a minute: a byte for each.</summary>
    public static string RequestCount(string caller, DateTimeOffset at) => $"{AllLimits}{Folder(caller)}/requests-{at.UtcDateTime:yyyyMMddHHmm}";

    /// <summary>A caller's media in a day.</summary>
    public static string ByteCount(string caller, DateTimeOffset at) => $"{AllLimits}{Folder(caller)}/bytes-{at.UtcDateTime:yyyyMMdd}.json";

    public const string AllUploads = "uploads/";

    /// <summary>A file that a caller uploads before any job uses it.</summary>
    public static string Upload(string caller, string uploadId) => $"{AllUploads}{Folder(caller)}/{uploadId}";

    /// <summary>What a caller's idempotency key stands for.</summary>
    public static string Key(string caller, string key) => $"{AllKeys}{Folder(caller)}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))}.json";

    /// <summary>A caller's webhook endpoints.</summary>
    public static string Endpoints(string caller) => $"webhooks/{Folder(caller)}/endpoints.json";

    /// <summary>The deliveries to an endpoint, newest first.</summary>
    public static string Deliveries(string caller, string endpointId) => $"webhooks/{Folder(caller)}/deliveries/{endpointId}/";

    public static string Delivery(string caller, string endpointId, string deliveryId) => $"{Deliveries(caller, endpointId)}{deliveryId}.json";

    /// <summary>The marks of the deliveries that tell of a job: each is named by a delivery's path.</summary>
    public static string DeliveriesOf(string jobId) => $"{Job(jobId)}deliveries/";

    /// <summary>The marks of the deliveries that tell of a batch, named like those of a job.</summary>
    public static string DeliveriesOfBatch(string batchId) => $"{Batch(batchId)}deliveries/";

    /// <summary>The marks of the messages that spent an account's credits, oldest first.</summary>
    public static string Uses(string account) => $"{AllUses}{account}/";

    public const string AllUses = "system/uses/";

    // A caller's name is somebody's text: its hash stands for it.
    public static string Folder(string caller) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(caller)).AsSpan(0, 16));
}
