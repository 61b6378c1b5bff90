using FaceSwap.Errors;
using FaceSwap.Jobs;
using Xunit;

namespace FaceSwap.Tests.Jobs;

/// <summary>What is known of the money when an orchestration ended without saying how far it was.</summary>
public sealed class EditPaymentTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("swap", ErrorCodes.InternalError, "Report", JobStage.Queued, JobStage.Staging)]
    [InlineData("swap", ErrorCodes.AmbiguousOutcome, "may have been charged", JobStage.Queued, JobStage.Swapping, JobStage.Verifying)]
    [InlineData("swap", ErrorCodes.AmbiguousOutcome, "may have been charged", JobStage.Queued, JobStage.Swapping, JobStage.Connecting, JobStage.Uploading)]
    [InlineData("swap", ErrorCodes.InternalError, "export", JobStage.Queued, JobStage.Swapping, JobStage.Verifying, JobStage.Rendering)]
    [InlineData(null, ErrorCodes.InternalError, "Rendering costs nothing", JobStage.Queued, JobStage.Rendering)]
    public void Of_AnInstanceThatEndedWithoutAnOutcome_IsToldByTheFurthestStage(string? instruction, string code, string remedy, params JobStage[] stages)
    {
        var job = new JobInput(
            "job_1", "default", Start, "https://example.com/api", null, null, null, instruction, "en", null, JobPolicy.From(new JobOptions()));
        var last = new JobStatus(stages[^1], 0, [.. stages.Select(stage => new StageEntry(stage, Start))]);

        var error = EditPayments.Of(job, last).Tell(JobError.Of(ErrorCodes.InternalError, "It ended."), job);

        Assert.Equal(code, error.Code);
        Assert.Contains(remedy, error.Remedy, StringComparison.Ordinal);
    }
}
