using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using FaceSwap.Batches;
using FaceSwap.Functions.Http.Account;
using FaceSwap.Functions.Http.Batches;
using FaceSwap.Functions.Http.Contract;
using FaceSwap.Functions.Http.Health;
using FaceSwap.Functions.Http.Jobs;
using FaceSwap.Functions.Http.Schedules;
using FaceSwap.Functions.Http.Uploads;
using FaceSwap.Functions.Http.Webhooks;
using FaceSwap.Jobs;
using FaceSwap.Schedules;

namespace FaceSwap.Tests.Http.Contract;

/// <summary>What a route takes and gives, beside what its attributes say.</summary>
/// <param name="Route">The class of the route.</param>
/// <param name="Body">The record of its body, or null.</param>
/// <param name="Answers">Its answers that are no problems: status, record (null: none) and what it means.</param>
/// <param name="Parameters">The parameters of its query and the headers that it heeds, by name.</param>
internal sealed record ApiOperation(Type Route, JsonTypeInfo? Body, IReadOnlyList<(int Status, JsonTypeInfo? Record, string Meaning)> Answers, params string[] Parameters)
{
    private static readonly JsonSerializerContext Jobs = JobsApiJson.Default;
    private static readonly JsonSerializerContext Batches = BatchesApiJson.Default;
    private static readonly JsonSerializerContext Schedules = SchedulesApiJson.Default;

    public static IReadOnlyList<ApiOperation> All { get; } =
    [
        new(typeof(SubmitJob), Of<JobBody>(Jobs), [(202, Job, "The job was taken in."), (200, Job, "An earlier request with this key started the job, and it has ended; or it ended while the caller waited."), (200, Of<ValidationBody>(Jobs), "With validate_only: no job, but the formats of its media and an estimate.")], "validate_only", "Idempotency-Key", "Prefer"),
        new(typeof(ListJobs), null, [(200, Of<JobListBody>(Jobs), "One page, newest first.")], "limit", "cursor", "status", "since", "until", "batch"),
        new(typeof(GetJob), null, [(200, Job, "The job.")], "Prefer"),
        new(typeof(DeleteJob), null, [(204, null, "The job is gone."), (202, Job, "The job is cancelled first, and then removed.")]),
        new(typeof(WatchJob), null, [(200, null, "A stream of events, each the whole job."), (204, null, "There is nothing more to come.")], "Last-Event-ID"),
        new(typeof(GetJobResult), null, [(302, null, "To the video."), (200, Of<ResultBody>(Jobs), "With redirect=false: where the video is.")], "redirect"),
        new(typeof(GetJobRecord), null, [(200, JobJson.Default.JobRecord, "The record.")]),
        new(typeof(GetJobTimeline), null, [(200, Of<TimelineBody>(Jobs), "The stages.")]),
        new(typeof(CancelJob), null, [(202, Job, "The job ends soon.")]),
        new(typeof(SendMessage), Of<MessageBody>(Jobs), [(202, Of<MessageAnswer>(Jobs), "The message started a job."), (200, Of<MessageAnswer>(Jobs), "The answer, without a job.")], "Idempotency-Key"),
        new(typeof(MakeClaimLink), null, [(200, Of<ClaimBody>(Jobs), "The link.")]),
        new(typeof(SubmitBatch), Of<BatchBody>(Batches), [(202, Batch, "The batch was taken in."), (200, Batch, "An earlier request with this key started the batch, and it has ended."), (200, Of<BatchValidationBody>(Batches), "With validate_only: no batch, but how many items it has and an estimate.")], "validate_only", "concurrency", "on_error", "mode", "Idempotency-Key"),
        new(typeof(ListBatches), null, [(200, Of<BatchListBody>(Batches), "One page, newest first.")], "limit", "cursor"),
        new(typeof(GetBatch), null, [(200, Batch, "The batch.")]),
        new(typeof(WatchBatch), null, [(200, null, "A stream of events, each the whole batch."), (204, null, "There is nothing more to come.")], "Last-Event-ID"),
        new(typeof(ListBatchItems), null, [(200, Of<BatchItemsBody>(Batches), "One page, in the order of the items.")], "limit", "cursor"),
        new(typeof(GetBatchResults), null, [(200, null, "A line of JSON for each item.")]),
        new(typeof(CancelBatch), null, [(202, Batch, "The batch ends soon.")]),
        new(typeof(ResumeBatch), null, [(202, Batch, "The batch goes on.")]),
        new(typeof(RetryBatch), Of<RetryBody>(Batches), [(202, Batch, "The new batch was taken in."), (200, Batch, "An earlier request with this key started the batch, and it has ended.")], "Idempotency-Key"),
        new(typeof(DeleteBatch), null, [(204, null, "The batch is gone."), (202, Batch, "The batch is cancelled first, and then removed.")]),
        new(typeof(CreateSchedule), Of<ScheduleBody>(Schedules), [(201, Schedule, "The schedule.")]),
        new(typeof(ListSchedules), null, [(200, Of<ScheduleListBody>(Schedules), "All schedules of the caller.")]),
        new(typeof(GetSchedule), null, [(200, Schedule, "The schedule.")]),
        new(typeof(ChangeSchedule), Of<SchedulePatch>(Schedules), [(200, Schedule, "The schedule as it is now.")]),
        new(typeof(DeleteSchedule), null, [(204, null, "The schedule is gone.")]),
        new(typeof(PauseSchedule), null, [(200, Schedule, "The schedule as it is now.")]),
        new(typeof(ResumeSchedule), null, [(200, Schedule, "The schedule as it is now.")]),
        new(typeof(RunScheduleNow), null, [(202, Of<ScheduleRunView>(Schedules), "The run, whose batch was started.")]),
        new(typeof(ListScheduleRuns), null, [(200, Of<ScheduleRunsBody>(Schedules), "One page, newest first.")], "limit", "cursor"),
        new(typeof(CreateUpload), UploadsApiJson.Default.UploadBody, [(201, UploadsApiJson.Default.UploadView, "Where to put the file.")]),
        new(typeof(GetCredits), null, [(200, AccountApiJson.Default.CreditsBody, "The credits.")]),
        new(typeof(ListWebhookEndpoints), null, [(200, WebhooksApiJson.Default.EndpointListBody, "All endpoints of the caller.")]),
        new(typeof(CreateWebhookEndpoint), WebhooksApiJson.Default.EndpointBody, [(201, WebhooksApiJson.Default.EndpointView, "The endpoint.")]),
        new(typeof(GetWebhookEndpoint), null, [(200, WebhooksApiJson.Default.EndpointView, "The endpoint.")]),
        new(typeof(ChangeWebhookEndpoint), WebhooksApiJson.Default.EndpointPatch, [(200, WebhooksApiJson.Default.EndpointView, "The endpoint as it is now.")]),
        new(typeof(DeleteWebhookEndpoint), null, [(204, null, "The endpoint is gone.")]),
        new(typeof(GetWebhookSecret), null, [(200, WebhooksApiJson.Default.SecretBody, "The secret.")]),
        new(typeof(RotateWebhookSecret), null, [(200, WebhooksApiJson.Default.SecretBody, "The new secret.")]),
        new(typeof(TestWebhookEndpoint), null, [(202, WebhooksApiJson.Default.DeliveryView, "The delivery of the test.")]),
        new(typeof(ListWebhookDeliveries), null, [(200, WebhooksApiJson.Default.DeliveryListBody, "One page, newest first.")], "limit", "cursor", "delivery status"),
        new(typeof(GetWebhookDelivery), null, [(200, WebhooksApiJson.Default.DeliveryView, "The delivery.")]),
        new(typeof(RedeliverWebhook), null, [(202, WebhooksApiJson.Default.DeliveryView, "The delivery, which is made again.")]),
        new(typeof(RecoverWebhooks), WebhooksApiJson.Default.RecoverBody, [(202, null, "The deliveries are made again.")]),
        new(typeof(GetHealth), null, [(200, HealthApiJson.Default.HealthBody, "The app can do its work."), (503, HealthApiJson.Default.HealthBody, "It cannot.")]),
        new(typeof(GetContract), null, [(200, null, "The document.")]),
        new(typeof(GetDocs), null, [(200, null, "The page.")]),
    ];

    private static JsonTypeInfo Schedule => ScheduleJson.Default.ScheduleView;

    private static JsonTypeInfo Batch => BatchJson.Default.BatchView;

    private static JsonTypeInfo Job => JobJson.Default.JobView;

    private static JsonTypeInfo Of<T>(JsonSerializerContext context) => context.GetTypeInfo(typeof(T))!;
}
