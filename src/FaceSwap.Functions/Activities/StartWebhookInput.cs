using FaceSwap.Jobs;

namespace FaceSwap.Functions.Activities;

public sealed record StartWebhookInput(JobInput Job, JobOutcome Outcome, IReadOnlyList<StageEntry> Timeline);
