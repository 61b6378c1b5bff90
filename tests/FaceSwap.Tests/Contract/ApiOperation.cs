using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using FaceSwap.Batches;
using FaceSwap.Functions;
using FaceSwap.Functions.Account;
using FaceSwap.Functions.Batches.Api;
using FaceSwap.Functions.Contract;
using FaceSwap.Functions.Health;
using FaceSwap.Functions.Jobs.Api;
using FaceSwap.Functions.Schedules;
using FaceSwap.Functions.Uploads;
using FaceSwap.Functions.Webhooks;
using FaceSwap.Jobs;
using FaceSwap.Schedules;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Tests.Contract;

/// <summary>What a route takes and gives, beside what its attributes say.</summary>
/// <param name="Function">The function that answers it.</param>
/// <param name="Body">The record of its body, or null.</param>
/// <param name="Answers">Its answers that are no problems: status, record (null: none) and what it means.</param>
/// <param name="Parameters">The parameters of its query and the headers that it heeds, by name.</param>
internal sealed record ApiOperation(string Function, JsonTypeInfo? Body, IReadOnlyList<(int Status, JsonTypeInfo? Record, string Meaning)> Answers, params string[] Parameters)
{
    private static readonly JsonSerializerContext Jobs = JobsApiJson.Default;
    private static readonly JsonSerializerContext Batches = BatchesApiJson.Default;
    private static readonly JsonSerializerContext Schedules = SchedulesApiJson.Default;

    /// <summary>Every function with an HTTP trigger.</summary>
    public static IReadOnlyList<MethodInfo> Routes { get; } =
    [
        .. typeof(FaceSwapApp).Assembly.GetTypes().SelectMany(type => type.GetMethods())
            .Where(method => method.GetParameters().Any(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>() is not null)),
    ];

    public static IReadOnlyList<ApiOperation> All { get; } =
    [
        new(nameof(JobRoutes.SubmitJob), Of<JobBody>(Jobs), [(202, Job, "The job was taken in."), (200, Job, "An earlier request with this key started the job, and it has ended; or it ended while the caller waited."), (200, Of<ValidationBody>(Jobs), "With validate_only: no job, but the formats of its media and an estimate.")], "validate_only", "Idempotency-Key", "Prefer"),
        new(nameof(JobRoutes.ListJobs), null, [(200, Of<JobListBody>(Jobs), "One page, newest first.")], "limit", "cursor", "status", "since", "until", "batch"),
        new(nameof(JobRoutes.GetJob), null, [(200, Job, "The job.")], "Prefer"),
        new(nameof(JobRoutes.DeleteJob), null, [(204, null, "The job is gone."), (202, Job, "The job is cancelled first, and then removed.")]),
        new(nameof(JobRoutes.WatchJob), null, [(200, null, "A stream of events, each the whole job."), (204, null, "There is nothing more to come.")], "Last-Event-ID"),
        new(nameof(JobResultRoutes.GetJobResult), null, [(302, null, "To the video."), (200, Of<ResultBody>(Jobs), "With redirect=false: where the video is.")], "redirect"),
        new(nameof(JobResultRoutes.GetJobRecord), null, [(200, JobJson.Default.JobRecord, "The record.")]),
        new(nameof(JobResultRoutes.GetJobTimeline), null, [(200, Of<TimelineBody>(Jobs), "The stages.")]),
        new(nameof(JobRoutes.CancelJob), null, [(202, Job, "The job ends soon.")]),
        new(nameof(JobRoutes.SendMessage), Of<MessageBody>(Jobs), [(202, Of<MessageAnswer>(Jobs), "The message started a job."), (200, Of<MessageAnswer>(Jobs), "The answer, without a job.")], "Idempotency-Key"),
        new(nameof(JobResultRoutes.MakeClaimLink), null, [(200, Of<ClaimBody>(Jobs), "The link.")]),
        new(nameof(BatchRoutes.SubmitBatch), Of<BatchBody>(Batches), [(202, Batch, "The batch was taken in."), (200, Batch, "An earlier request with this key started the batch, and it has ended."), (200, Of<BatchValidationBody>(Batches), "With validate_only: no batch, but how many items it has and an estimate.")], "validate_only", "concurrency", "on_error", "mode", "Idempotency-Key"),
        new(nameof(BatchRoutes.ListBatches), null, [(200, Of<BatchListBody>(Batches), "One page, newest first.")], "limit", "cursor"),
        new(nameof(BatchRoutes.GetBatch), null, [(200, Batch, "The batch.")]),
        new(nameof(BatchRoutes.WatchBatch), null, [(200, null, "A stream of events, each the whole batch."), (204, null, "There is nothing more to come.")], "Last-Event-ID"),
        new(nameof(BatchItemRoutes.ListBatchItems), null, [(200, Of<BatchItemsBody>(Batches), "One page, in the order of the items.")], "limit", "cursor"),
        new(nameof(BatchItemRoutes.GetBatchResults), null, [(200, null, "A line of JSON for each item.")]),
        new(nameof(BatchRoutes.CancelBatch), null, [(202, Batch, "The batch ends soon.")]),
        new(nameof(BatchRoutes.ResumeBatch), null, [(202, Batch, "The batch goes on.")]),
        new(nameof(BatchRoutes.RetryBatch), Of<RetryBody>(Batches), [(202, Batch, "The new batch was taken in."), (200, Batch, "An earlier request with this key started the batch, and it has ended.")], "Idempotency-Key"),
        new(nameof(BatchRoutes.DeleteBatch), null, [(204, null, "The batch is gone."), (202, Batch, "The batch is cancelled first, and then removed.")]),
        new(nameof(ScheduleRoutes.CreateSchedule), Of<ScheduleBody>(Schedules), [(201, Schedule, "The schedule.")]),
        new(nameof(ScheduleRoutes.ListSchedules), null, [(200, Of<ScheduleListBody>(Schedules), "All schedules of the caller.")]),
        new(nameof(ScheduleRoutes.GetSchedule), null, [(200, Schedule, "The schedule.")]),
        new(nameof(ScheduleRoutes.ChangeSchedule), Of<SchedulePatch>(Schedules), [(200, Schedule, "The schedule as it is now.")]),
        new(nameof(ScheduleRoutes.DeleteSchedule), null, [(204, null, "The schedule is gone.")]),
        new(nameof(ScheduleRoutes.PauseSchedule), null, [(200, Schedule, "The schedule as it is now.")]),
        new(nameof(ScheduleRoutes.ResumeSchedule), null, [(200, Schedule, "The schedule as it is now.")]),
        new(nameof(ScheduleRoutes.RunScheduleNow), null, [(202, Of<ScheduleRunView>(Schedules), "The run, whose batch was started.")]),
        new(nameof(ScheduleRoutes.ListScheduleRuns), null, [(200, Of<ScheduleRunsBody>(Schedules), "One page, newest first.")], "limit", "cursor"),
        new(nameof(UploadRoutes.CreateUpload), UploadsApiJson.Default.UploadBody, [(201, UploadsApiJson.Default.UploadView, "Where to put the file.")]),
        new(nameof(AccountRoutes.GetCredits), null, [(200, AccountApiJson.Default.CreditsBody, "The credits.")]),
        new(nameof(EndpointRoutes.ListWebhookEndpoints), null, [(200, WebhooksApiJson.Default.EndpointListBody, "All endpoints of the caller.")]),
        new(nameof(EndpointRoutes.CreateWebhookEndpoint), WebhooksApiJson.Default.EndpointBody, [(201, WebhooksApiJson.Default.EndpointView, "The endpoint.")]),
        new(nameof(EndpointRoutes.GetWebhookEndpoint), null, [(200, WebhooksApiJson.Default.EndpointView, "The endpoint.")]),
        new(nameof(EndpointRoutes.ChangeWebhookEndpoint), WebhooksApiJson.Default.EndpointPatch, [(200, WebhooksApiJson.Default.EndpointView, "The endpoint as it is now.")]),
        new(nameof(EndpointRoutes.DeleteWebhookEndpoint), null, [(204, null, "The endpoint is gone.")]),
        new(nameof(EndpointRoutes.GetWebhookSecret), null, [(200, WebhooksApiJson.Default.SecretBody, "The secret.")]),
        new(nameof(EndpointRoutes.RotateWebhookSecret), null, [(200, WebhooksApiJson.Default.SecretBody, "The new secret.")]),
        new(nameof(EndpointRoutes.TestWebhookEndpoint), null, [(202, WebhooksApiJson.Default.DeliveryView, "The delivery of the test.")]),
        new(nameof(DeliveryRoutes.ListWebhookDeliveries), null, [(200, WebhooksApiJson.Default.DeliveryListBody, "One page, newest first.")], "limit", "cursor", "delivery status"),
        new(nameof(DeliveryRoutes.GetWebhookDelivery), null, [(200, WebhooksApiJson.Default.DeliveryView, "The delivery.")]),
        new(nameof(DeliveryRoutes.RedeliverWebhook), null, [(202, WebhooksApiJson.Default.DeliveryView, "The delivery, which is made again.")]),
        new(nameof(DeliveryRoutes.RecoverWebhooks), WebhooksApiJson.Default.RecoverBody, [(202, null, "The deliveries are made again.")]),
        new(nameof(HealthRoutes.GetHealth), null, [(200, HealthApiJson.Default.HealthBody, "The app can do its work."), (503, HealthApiJson.Default.HealthBody, "It cannot.")]),
        new(nameof(ContractRoutes.GetContract), null, [(200, null, "The document.")]),
        new(nameof(ContractRoutes.GetDocs), null, [(200, null, "The page.")]),
    ];

    /// <summary>The method that is the function.</summary>
    public MethodInfo Method { get; } = Routes.Single(method => method.GetCustomAttribute<FunctionAttribute>()!.Name == Function);

    private static JsonTypeInfo Schedule => ScheduleJson.Default.ScheduleView;

    private static JsonTypeInfo Batch => BatchJson.Default.BatchView;

    private static JsonTypeInfo Job => JobJson.Default.JobView;

    private static JsonTypeInfo Of<T>(JsonSerializerContext context) => context.GetTypeInfo(typeof(T))!;
}
