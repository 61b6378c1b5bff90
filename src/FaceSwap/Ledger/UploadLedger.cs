using FaceSwap.Storage;

namespace FaceSwap.Ledger;

/// <summary>Marks uploads before they begin, so that a run that finds its mark knows that another one came before it.</summary>
public sealed class UploadLedger(BlobStore store)
{
    /// <summary>Claims the upload into a session. Exactly one caller per job and session ever gets true.</summary>
    public Task<bool> TryClaimAsync(string jobId, string sessionId, CancellationToken cancellationToken) =>
        store.TryCreateAsync(JobPaths.UploadIntent(jobId, sessionId), [], cancellationToken);
}
