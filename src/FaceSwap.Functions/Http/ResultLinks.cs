using FaceSwap.Errors;
using FaceSwap.Storage;

namespace FaceSwap.Functions.Http;

/// <summary>Makes the short-lived address of a job's finished video.</summary>
public sealed class ResultLinks(BlobLinks links)
{
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.ResultNotReady"/>.</exception>
    public async Task<ResultBody> MakeAsync(JobReading reading, CancellationToken cancellationToken)
    {
        if (reading.Outcome?.Result is not { } result)
        {
            throw new FaceSwapException(ErrorCodes.ResultNotReady, reading.Outcome is null
                ? "The job is still running."
                : "The job ended without a result; read the job for the reason.");
        }

        var link = await links.ReadLinkAsync(result.Blob, cancellationToken);
        return new ResultBody(link.Address, link.ExpiresAt, result.ContentType, result.Size, result.Sha256);
    }
}
