using FaceSwap.Errors;
using FaceSwap.Media;
using FaceSwap.NemoVideo.Transport;
using Microsoft.Extensions.Options;

namespace FaceSwap.NemoVideo.Renders;

/// <summary>Brings a finished render into the app's container: from its own address, or by the backend's fallback.</summary>
public sealed class RenderDownloads(NemoTransport transport, MediaStaging staging, IOptions<MediaOptions> media, TimeProvider time)
{
    /// <summary>Stores the finished video of a render as the job's result.</summary>
    public async Task<StagedMedia> StoreAsync(string jobId, string renderId, string? address, CancellationToken cancellationToken)
    {
        if (address is not null)
        {
            try
            {
                return await staging.FetchAsync(jobId, MediaRole.Result, address, cancellationToken);
            }
            catch (FaceSwapException)
            {
                // Whatever is wrong with the address, the backend names another way to the same video.
            }
        }

        return await DownloadAsync(jobId, renderId, cancellationToken);
    }

    private async Task<StagedMedia> DownloadAsync(string jobId, string renderId, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(media.Value.FetchTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using var response = await transport.OpenAsync(NemoRenders.DownloadPath(renderId), either.Token);
            if (response.Headers.Location is { IsAbsoluteUri: true } elsewhere)
            {
                return await staging.FetchAsync(jobId, MediaRole.Result, elsewhere.AbsoluteUri, either.Token);
            }

            if (!response.IsSuccessStatusCode)
            {
                throw new FaceSwapException(ErrorCodes.ResultUnavailable, $"The backend answered {(int)response.StatusCode} for the finished video.");
            }

            await using var body = await response.Content.ReadAsStreamAsync(either.Token);
            return await staging.StageAsync(jobId, MediaRole.Result, body, either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new FaceSwapException(ErrorCodes.ResultUnavailable, $"The backend did not send the finished video within {media.Value.FetchTimeout.TotalSeconds:N0} s.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new FaceSwapException(ErrorCodes.ResultUnavailable, "The connection to the backend broke while the finished video was fetched.", inner: e);
        }
        catch (FaceSwapException e) when (e.Code == ErrorCodes.UnsupportedFormat)
        {
            throw new FaceSwapException(ErrorCodes.ResultUnavailable, $"What the backend gave as the finished video is none. {e.Message}", inner: e);
        }
    }
}
