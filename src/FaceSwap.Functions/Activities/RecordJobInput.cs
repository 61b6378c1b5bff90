using FaceSwap.Functions.Orchestrations;
using FaceSwap.Jobs;

namespace FaceSwap.Functions.Activities;

public sealed record RecordJobInput(JobInput Job, JobOutcome Outcome, JobTrace Trace, IReadOnlyList<StageEntry> Timeline);
