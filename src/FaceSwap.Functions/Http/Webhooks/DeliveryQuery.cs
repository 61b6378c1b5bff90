using System.Globalization;
using FaceSwap.Errors;
using FaceSwap.Webhooks.Deliveries;
using Microsoft.AspNetCore.Http;

namespace FaceSwap.Functions.Http.Webhooks;

/// <summary>Which page of the log is asked for.</summary>
/// <param name="Cursor">What the page before came with, as the caller sent it, or null.</param>
/// <param name="Limit">How many deliveries at most.</param>
/// <param name="Status">Only those in this state; null: all.</param>
internal sealed record DeliveryQuery(string? Cursor, int Limit, DeliveryStatus? Status)
{
    private const int DefaultLimit = 50;
    private const int MostPerPage = 100;

    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.InvalidRequest"/>.</exception>
    public static DeliveryQuery Of(IQueryCollection query) => new(
        query["cursor"] is [{ Length: > 0 } cursor] ? cursor : null,
        query["limit"] is [{ } limit] ? ReadLimit(limit) : DefaultLimit,
        query["status"] is [{ } status] ? ReadStatus(status) : null);

    private static int ReadLimit(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is > 0 and <= MostPerPage
            ? limit
            : throw Invalid($"'limit' must be a number from 1 to {MostPerPage}.");

    private static DeliveryStatus ReadStatus(string text) => text switch
    {
        "pending" => DeliveryStatus.Pending,
        "delivered" => DeliveryStatus.Delivered,
        "failed" => DeliveryStatus.Failed,
        _ => throw Invalid("'status' must be pending, delivered or failed."),
    };

    private static FaceSwapException Invalid(string detail) => new(ErrorCodes.InvalidRequest, detail);
}
