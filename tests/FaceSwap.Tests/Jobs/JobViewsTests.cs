using FaceSwap.Errors;
using FaceSwap.Jobs;
using Xunit;

namespace FaceSwap.Tests.Jobs;

/// <summary>How far a job is shown to be.</summary>
public sealed class JobViewsTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(JobStage.Failed, 45)]
    [InlineData(JobStage.Cancelled, 45)]
    [InlineData(JobStage.Expired, 45)]
    [InlineData(JobStage.Completed, 100)]
    public void Percent_OfAnEndedJob_IsWhatItReached(JobStage end, int expected)
    {
        var status = new JobStatus(end, JobStage.Swapping.PercentAtStart(), [new StageEntry(end, Start)]);
        var outcome = new JobOutcome(end, null, JobError.Of(ErrorCodes.DeadlineExceeded, "The job did not end."));

        var view = JobViews.Of(Job(), status, outcome, new JobProgress(JobStage.Swapping, 45, "Swapping the face.", Start));

        Assert.Equal((expected, null), (view.Percent, view.Note));
    }

    private static JobInput Job() => new(
        "job_1", "default", Start, "http://localhost/api", null, null, null, null, "en", null, JobPolicy.From(new JobOptions()));
}
