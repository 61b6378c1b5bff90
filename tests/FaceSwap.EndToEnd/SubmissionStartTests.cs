using FaceSwap.Callers;
using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Errors;
using FaceSwap.Functions.Jobs;
using FaceSwap.Functions.Jobs.Api;
using FaceSwap.Storage;
using FaceSwap.Testing.Media;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FaceSwap.EndToEnd;

/// <summary>What becomes of a submission whose caller hangs up while its job is started.</summary>
public sealed class SubmissionStartTests(AzuriteFixture fixture)
{
    private const string Request = """{"instruction":" swap the face \n"}""";

    [Theory]
    [InlineData("starts", true, 2)]
    [InlineData("starts without an answer", true, 2)]
    [InlineData("is not to be seen yet", false, 2)]
    [InlineData("is not known to have started", false, 2)]
    public async Task Submit_WhoseCallerHangsUpAtTheStart_KeepsTheMediaOfAJobThatMayExist(string start, bool isAccepted, int media)
    {
        using var app = ProductHost.Build(fixture.Azurite);
        using var caller = new CancellationTokenSource();
        await using var client = new HangingUpClient(caller, start);
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(SampleMedia.Clip), "video", "clip.mp4" },
            { new ByteArrayContent(SampleMedia.FacePng), "face", "face.png" },
            { new StringContent(Request), "request" },
        };
        var http = new DefaultHttpContext();
        http.Request.Host = new HostString("localhost");
        http.Request.ContentType = form.Headers.ContentType!.ToString();
        http.Request.Body = await form.ReadAsStreamAsync(TestContext.Current.CancellationToken);

        var accepting = app.Services.GetRequiredService<JobIntake>().AcceptAsync(http.Request, Caller.Default, client, caller.Token);

        if (isAccepted)
        {
            var started = await accepting;
            Assert.Equal((client.Tried, "swap the face"), (started.View.Id, client.Input!.Job.Instruction));
        }
        else
        {
            var failure = await Assert.ThrowsAnyAsync<Exception>(() => accepting);
            Assert.Equal(ErrorCodes.StartUnknown, (failure as FaceSwapException)?.Code);
            Assert.Contains(client.Tried!, failure.Message, StringComparison.Ordinal);
        }

        var staged = app.Services.GetRequiredService<BlobStore>().ListAsync($"jobs/{client.Tried}/", TestContext.Current.CancellationToken);
        Assert.Equal(media, await staged.CountAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>A client whose caller is gone in the middle of the start.</summary>
    private sealed class HangingUpClient(CancellationTokenSource caller, string start) : DurableTaskClient("hanging up")
    {
        public string? Tried { get; private set; }

        public FaceSwapJobInput? Input { get; private set; }

        public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
            TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
        {
            Tried = options!.InstanceId!;
            Input = (FaceSwapJobInput)input!;
            await caller.CancelAsync();
            cancellation.ThrowIfCancellationRequested();
            return start == "starts" ? Tried : throw new IOException("The connection broke.");
        }

        public override Task<OrchestrationMetadata?> GetInstancesAsync(
            string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
        {
            cancellation.ThrowIfCancellationRequested();
            return start switch
            {
                "is not to be seen yet" => Task.FromResult<OrchestrationMetadata?>(null),
                "is not known to have started" => throw new IOException("The connection broke again."),
                _ => Task.FromResult<OrchestrationMetadata?>(new OrchestrationMetadata("FaceSwapJob", instanceId)),
            };
        }

        public override Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default) =>
            throw new NotSupportedException();

        public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
            string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) => throw new NotSupportedException();

        public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
            string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) => throw new NotSupportedException();

        public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
            throw new NotSupportedException();

        public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
            throw new NotSupportedException();

        public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null) => throw new NotSupportedException();

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
