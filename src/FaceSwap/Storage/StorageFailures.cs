using Azure;
using Azure.Identity;
using FaceSwap.Errors;

namespace FaceSwap.Storage;

/// <summary>What a failure of the storage account means.</summary>
public static class StorageFailures
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>Whether a failure says that the account is away: it refused, every try failed, or none was answered in time.</summary>
    public static bool IsAway(Exception failure, CancellationToken cancellationToken) => failure switch
    {
        RequestFailedException answered => answered.Status is 0 or 403 or 408 or 429 or >= 500 || IsOfTheContainer(answered),
        AggregateException tries => tries.InnerExceptions.All(inner => IsAway(inner, cancellationToken)),
        AuthenticationFailedException => true,
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        _ => false,
    };

    /// <summary>A storage account that is away, as the product's own failure.</summary>
    public static FaceSwapException Unavailable(Exception cause) => new(
        ErrorCodes.StorageUnavailable,
        cause is RequestFailedException { Status: > 0 } answered
            ? $"The storage account answered {answered.Status} {answered.ErrorCode}."
            : "The storage account does not answer.",
        RetryAfter,
        cause);

    /// <summary>Whether it is about the container: one that is missing or going away says nothing about a document.</summary>
    internal static bool IsOfTheContainer(RequestFailedException failure) => failure.ErrorCode?.StartsWith("Container", StringComparison.Ordinal) == true;
}
