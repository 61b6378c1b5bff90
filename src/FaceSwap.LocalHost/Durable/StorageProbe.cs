using Azure;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace FaceSwap.LocalHost.Durable;

/// <summary>Asks the storage account for a sign of life: the extension itself would try for minutes before it gave up.</summary>
internal static class StorageProbe
{
    private const string Setting = "AzureWebJobsStorage";

    /// <returns>A client of the account.</returns>
    /// <exception cref="StartupException">The setting is missing or wrong, or nobody answers.</exception>
    public static async Task<BlobServiceClient> CheckAsync(IConfiguration configuration, CancellationToken cancellation)
    {
        if (configuration[Setting] is not { Length: > 0 } connection)
        {
            throw new StartupException($"{Setting} is not set: it is the connection string of the storage account that keeps the durable state.");
        }

        try
        {
            await Task.WhenAll(
                new BlobServiceClient(connection, Soon(new BlobClientOptions())).GetPropertiesAsync(cancellation),
                new QueueServiceClient(connection, Soon(new QueueClientOptions())).GetPropertiesAsync(cancellation),
                new TableServiceClient(connection, Soon(new TableClientOptions())).GetPropertiesAsync(cancellation));
            return new BlobServiceClient(connection);
        }
        catch (FormatException problem)
        {
            throw new StartupException($"{Setting} is no connection string: {problem.Message}", problem);
        }
        catch (Exception problem) when (problem is RequestFailedException or AggregateException)
        {
            // Of several tries the last one tells as much as all of them.
            var last = (problem as AggregateException)?.InnerExceptions[^1] ?? problem;
            throw new StartupException($"The storage account of {Setting} does not answer: {last.Message}. Locally, start Azurite.", problem);
        }
    }

    private static T Soon<T>(T options)
        where T : ClientOptions
    {
        (options.Retry.MaxRetries, options.Retry.Mode, options.Retry.NetworkTimeout) = (2, RetryMode.Fixed, TimeSpan.FromSeconds(5));
        return options;
    }
}
