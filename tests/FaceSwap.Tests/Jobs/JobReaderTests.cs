using FaceSwap.Callers;
using FaceSwap.Errors;
using FaceSwap.Functions.Edge.Durable;
using FaceSwap.Functions.Jobs;
using FaceSwap.Functions.Jobs.Run;
using FaceSwap.Jobs;
using FaceSwap.Media;
using FaceSwap.NemoVideo.Sessions;
using FaceSwap.Tests.Edge;
using FaceSwap.Tests.Product;
using Microsoft.DurableTask.Client;
using Xunit;

namespace FaceSwap.Tests.Jobs;

/// <summary>A job reads the same from its instance as from the record that outlives it.</summary>
public sealed class JobReaderTests : IAsyncDisposable
{
    private const string Id = "job_00000000000000000000000000000001";
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly StagedMedia Media = new($"jobs/{Id}/result/video.mp4", "video.mp4", "video/mp4", 7, "00ff");
    private static readonly Caller Owner = new("caller", IsOperator: false);
    private readonly TestProduct _product = new();
    private readonly ScriptedClient _client = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private JobReader Reader => _product.Get<JobReader>();

    public static TheoryData<JobOutcome> Outcomes =>
    [
        new JobOutcome(JobStage.Completed, Media, null, new JobEdit("Timeline", ["changed"], "Done."), new NemoSession("task_1", "5529")),
        new JobOutcome(JobStage.Failed, null, JobError.Of(ErrorCodes.RenderFailed, "It failed."), new JobEdit("Timeline", []), new NemoSession("task_1", "5529")),
        new JobOutcome(JobStage.Cancelled, null, JobError.Of(ErrorCodes.Cancelled, "The caller cancelled the job.")),
    ];

    public async ValueTask DisposeAsync()
    {
        _product.Dispose();
        await _client.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Outcomes))]
    public async Task View_AfterThePurgeOfTheHistory_IsTheSame(JobOutcome outcome)
    {
        await EndAsync(outcome);
        var before = await ViewAsync();
        await _client.PurgeInstanceAsync(Id, Token);

        var after = await ViewAsync();

        Assert.Equivalent(before, after, strict: true);
        Assert.Equal((outcome.Stage, "Title"), (after.Status, after.Metadata?["title"]));
    }

    [Fact]
    public async Task Ended_AfterThePurge_CanBeGoneOnWith()
    {
        await EndAsync(new JobOutcome(JobStage.Completed, Media, null, Session: new NemoSession("task_1", "5529")));
        await _client.PurgeInstanceAsync(Id, Token);

        var ended = await Reader.ReadEndedAsync(Id, Owner, _client, Token);

        Assert.Equal(new NemoSession("task_1", "5529"), ended.Session);
        Assert.Equal(("caller", "de", new JobConsent("Ada", "I agree.")), (ended.Reading.Job.Caller, ended.Reading.Job.Language, ended.Reading.Job.Consent));
    }

    [Fact]
    public async Task Read_OfWhatNeverWas_IsNotFound() => Assert.Equal(
        ErrorCodes.JobNotFound, (await Assert.ThrowsAsync<FaceSwapException>(() => Reader.ReadAsync(Id, Owner, _client, Token))).Code);

    [Fact]
    public async Task Read_OfAnothersJob_IsNotFound_ButForAnOperator()
    {
        await EndAsync(new JobOutcome(JobStage.Completed, Media, null));

        Assert.Equal(Id, (await Reader.ReadAsync(Id, new Caller("another", IsOperator: true), _client, Token)).Job.Id);
        foreach (var isPurged in new[] { false, true })
        {
            var other = await Assert.ThrowsAsync<FaceSwapException>(() => Reader.ReadAsync(Id, new Caller("another", IsOperator: false), _client, Token));
            Assert.Equal((ErrorCodes.JobNotFound, "No job has this id."), (other.Code, other.Message));
            await _client.PurgeInstanceAsync(Id, Token);
        }
    }

    [Fact]
    public async Task Record_SaysWhereEverythingComesFrom()
    {
        await EndAsync(new JobOutcome(JobStage.Completed, Media, null));

        var record = await _product.Get<JobDocuments>().ReadRecordAsync(Id, Token);

        Assert.Equal(
            ("backend.test", "https://app.test", "de", new JobConsent("Ada", "I agree."), "00ff"),
            (record?.Backend, record?.Api, record?.Language, record?.Consent, record?.Result?.Sha256));
    }

    private async Task<JobView> ViewAsync() => await Reader.ViewAsync(await Reader.ReadAsync(Id, Owner, _client, Token), Token);

    private async Task EndAsync(JobOutcome outcome)
    {
        var job = new JobInput(
            Id, "caller", Start, "https://app.test", null, null, new JobContinuation("job_0", "task_1", "5529"), "swap", "de",
            new Dictionary<string, string> { ["title"] = "Title" }, JobPolicy.From(new JobOptions()), Consent: new JobConsent("Ada", "I agree."));
        StageEntry[] timeline = [new(JobStage.Queued, Start), new(JobStage.Swapping, Start.AddSeconds(1)), new(outcome.Stage, Start.AddSeconds(9))];
        await _client.StartOnceAsync(Orchestrators.FaceSwapJob, Id, new FaceSwapJobInput(job, []), Token);
        _client.Set(
            Id,
            OrchestrationRuntimeStatus.Completed,
            outcome,
            new JobStatus(outcome.Stage, outcome.Stage == JobStage.Completed ? 100 : JobStage.Swapping.PercentAtStart(), timeline, outcome, outcome.Session));
        await _product.New<EndSteps>().RecordJob(new RecordJobInput(job, outcome, new JobTrace { Edit = outcome.Edit }, timeline), Token);
    }
}
