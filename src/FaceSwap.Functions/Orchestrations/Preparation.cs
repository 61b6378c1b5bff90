using FaceSwap.Errors;
using FaceSwap.Functions.Activities;
using FaceSwap.Jobs;
using FaceSwap.NemoVideo.Sessions;

namespace FaceSwap.Functions.Orchestrations;

/// <summary>Opens a session and brings the media into it; where an upload leaves doubt, in a new session.</summary>
internal static class Preparation
{
    private const int MostSessions = 5;

    public static async Task<string> RunAsync(JobRun run, StagedPair media)
    {
        for (var sessions = 1; ; sessions++)
        {
            run.Enter(JobStage.Connecting);
            var session = await run.CallAsync<NemoSession>(nameof(Connect), new ConnectInput(run.Job.Id, run.Job.Language));

            run.Enter(JobStage.Uploading);
            var upload = await run.CallAsync<UploadVerdict>(nameof(UploadMedia), new UploadMediaInput(run.Job.Id, session.SessionId, media));
            if (upload == UploadVerdict.Complete)
            {
                return session.SessionId;
            }

            if (sessions == MostSessions)
            {
                throw new StepFailedException(JobError.Of(ErrorCodes.BackendUnavailable, "The media could not be uploaded without doubt in five sessions."));
            }

            await run.WaitAsync(run.Policy.StepRetryDelay);
        }
    }
}
