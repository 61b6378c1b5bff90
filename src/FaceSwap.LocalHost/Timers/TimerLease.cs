using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace FaceSwap.LocalHost.Timers;

/// <summary>Has the timers of a task hub run on one host only: the one that holds the lease of a blob.</summary>
internal sealed partial class TimerLease(BlobServiceClient storage, string hostId, TimeProvider time, ILogger log)
{
    /// <summary>How long the lease of a killed host keeps the others out. Storage allows 15 to 60 s.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(45);

    /// <summary>How often a holder renews it and the others ask for it.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly BlobContainerClient container = storage.GetBlobContainerClient("azure-webjobs-hosts");

    private BlobClient Blob => container.GetBlobClient($"locks/{hostId}/timers");

    /// <summary>Runs the functions by their schedules whenever this host holds the lease, until it is cancelled; what runs then is asked to end.</summary>
    public async Task RunAsync(IReadOnlyCollection<TimerFunction> functions, CancellationToken cancellation)
    {
        while (functions.Count > 0)
        {
            try
            {
                if (await AcquireAsync(cancellation) is { } lease)
                {
                    await HoldAsync(lease, functions, cancellation);
                }
            }
            catch (Exception problem) when (!cancellation.IsCancellationRequested)
            {
                // The edge of this pump: whatever it is, the lease is asked for again.
                Log.StorageFailed(log, problem.Message);
            }

            await Task.Delay(Interval, time, cancellation);
        }
    }

    /// <returns>Null while another host holds it.</returns>
    private async Task<BlobLeaseClient?> AcquireAsync(CancellationToken cancellation)
    {
        var lease = Blob.GetBlobLeaseClient();
        try
        {
            await lease.AcquireAsync(Period, cancellationToken: cancellation);
            return lease;
        }
        catch (RequestFailedException problem) when (problem.Status == StatusCodes.Status404NotFound)
        {
            await CreateAsync(cancellation);
            return await AcquireAsync(cancellation);
        }
        catch (RequestFailedException problem) when (problem.ErrorCode == BlobErrorCode.LeaseAlreadyPresent)
        {
            return null;
        }
    }

    private async Task CreateAsync(CancellationToken cancellation)
    {
        await container.CreateIfNotExistsAsync(cancellationToken: cancellation);
        try
        {
            await Blob.UploadAsync(BinaryData.Empty, cancellation);
        }
        catch (RequestFailedException problem) when (problem.Status == StatusCodes.Status409Conflict)
        {
            // Another host was faster.
        }
    }

    private async Task HoldAsync(BlobLeaseClient lease, IEnumerable<TimerFunction> functions, CancellationToken cancellation)
    {
        using var held = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task[] running = [RenewAsync(lease, held.Token), .. functions.Select(function => function.RunOnScheduleAsync(new TimerStatusBlob(container, hostId, function.Name), held.Token))];
        await Task.WhenAny(running);
        await held.CancelAsync();
        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // Another host takes over at once.
        await lease.ReleaseAsync(cancellationToken: CancellationToken.None).WaitAsync(Interval, time, CancellationToken.None);
        await Task.WhenAll(running);
    }

    /// <summary>Ends, with the reason, when the lease is lost or about to run out.</summary>
    private async Task RenewAsync(BlobLeaseClient lease, CancellationToken cancellation)
    {
        var renewed = time.GetTimestamp();
        while (true)
        {
            await Task.Delay(Interval, time, cancellation);
            try
            {
                var asked = time.GetTimestamp();
                await lease.RenewAsync(cancellationToken: cancellation).WaitAsync(Interval, time, cancellation);
                renewed = asked;
            }
            catch (Exception problem) when (problem is not (OperationCanceledException or RequestFailedException { Status: StatusCodes.Status409Conflict })
                && time.GetElapsedTime(renewed) + Interval < Period)
            {
                // Storage is away for a moment; nobody else has the lease yet.
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 503, Level = LogLevel.Warning, Message = "Timers wait for storage: {Reason}")]
        public static partial void StorageFailed(ILogger logger, string reason);
    }
}
