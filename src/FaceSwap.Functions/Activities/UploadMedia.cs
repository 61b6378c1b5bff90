using FaceSwap.Errors;
using FaceSwap.Ledger;
using FaceSwap.Media;
using FaceSwap.NemoVideo.Sessions;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Functions.Activities;

/// <summary>Uploads the media into a session, once: a clip that is there twice would be edited twice.</summary>
public sealed class UploadMedia(NemoSessions sessions, UploadLedger ledger)
{
    [Function(nameof(UploadMedia))]
    public Task<StepResult<UploadVerdict>> RunAsync([ActivityTrigger] UploadMediaInput input, CancellationToken cancellationToken) =>
        Step.RunAsync(async () =>
        {
            StagedMedia[] files = [input.Media.Video, input.Media.Face];
            if (!await ledger.TryClaimAsync(input.JobId, input.SessionId, cancellationToken))
            {
                return await FindAsync(input.SessionId, files, cancellationToken);
            }

            try
            {
                await sessions.UploadAsync(input.SessionId, files, cancellationToken);
                return UploadVerdict.Complete;
            }
            catch (FaceSwapException e) when (e.Code is ErrorCodes.BackendUnavailable or ErrorCodes.SessionLost or ErrorCodes.RateLimited)
            {
                return await FindAsync(input.SessionId, files, cancellationToken);
            }
        });

    private async Task<UploadVerdict> FindAsync(string sessionId, StagedMedia[] files, CancellationToken cancellationToken)
    {
        try
        {
            var state = await sessions.ReadStateAsync(sessionId, cancellationToken);
            var names = state.FileNames.Order(StringComparer.Ordinal);
            return names.SequenceEqual(files.Select(file => file.FileName).Order(StringComparer.Ordinal)) ? UploadVerdict.Complete : UploadVerdict.InDoubt;
        }
        catch (FaceSwapException)
        {
            return UploadVerdict.InDoubt;
        }
    }
}
