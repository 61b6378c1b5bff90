using FaceSwap.Errors;
using FaceSwap.Jobs;
using FaceSwap.NemoVideo.Sessions;

namespace FaceSwap.Functions.Jobs.Run;

/// <summary>The session a job edits in: the one it continues, or one that it opens and brings its media into.</summary>
internal sealed class EditingSession(JobRun run, StagedFiles? media)
{
    private const int MostSessions = 5;
    private int _opened;

    public string Id => run.Session!.SessionId;

    /// <summary>Makes a session ready; called again, it replaces one that was lost or left in doubt.</summary>
    /// <exception cref="StepFailedException">No session could be made ready, or the one to be continued is gone.</exception>
    public async Task PrepareAsync()
    {
        if (run.Job.Continues is { } earlier)
        {
            run.Session = _opened++ == 0
                ? new NemoSession(earlier.TaskId, earlier.SessionId)
                : throw Failed(ErrorCodes.SessionLost, "The session of the job that this one continues is gone.");
            return;
        }

        while (!await OpenAndUploadAsync())
        {
            await run.WaitAsync(run.Policy.StepRetryDelay);
        }
    }

    private async Task<bool> OpenAndUploadAsync()
    {
        if (_opened++ == MostSessions)
        {
            throw Failed(ErrorCodes.BackendUnavailable, "The media could not be uploaded without doubt in five sessions.");
        }

        run.Enter(JobStage.Connecting);
        run.Session = await run.CallAsync<NemoSession>(nameof(EditSteps.Connect), new ConnectInput(run.Job.Id, run.Job.Language));

        run.Enter(JobStage.Uploading);
        var upload = await run.CallAsync<UploadVerdict>(nameof(MediaSteps.UploadMedia), new UploadMediaInput(run.Job.Id, Id, media!));
        return upload == UploadVerdict.Complete;
    }

    private static StepFailedException Failed(string code, string detail) => new(JobError.Of(code, detail));
}
