using FaceSwap.Errors;

namespace FaceSwap.NemoVideo;

/// <summary>The backend's codes, and the HTTP statuses that stand for them, as the product's own codes.</summary>
/// <remarks>The backend's message is not passed on: it speaks to a person before a screen. Source: backend contract, Codes.</remarks>
internal static class NemoErrors
{
    /// <summary>The failure that an answer stands for, or null when it is a success.</summary>
    public static FaceSwapException? Of(int httpStatus, int code, TimeSpan? retryAfter)
    {
        if (code == 0 && httpStatus is >= 200 and < 300)
        {
            return null;
        }

        var reason = code == 0 ? httpStatus : code;
        return new FaceSwapException(Classify(reason), $"The backend answered {reason}.", retryAfter);
    }

    private static string Classify(int reason) => reason switch
    {
        1001 or 1010 or 1011 or 401 => ErrorCodes.TokenExpired,
        1002 => ErrorCodes.SessionLost,
        2001 => ErrorCodes.InsufficientCredits,
        4001 => ErrorCodes.UnsupportedFormat,
        4002 or 413 => ErrorCodes.MediaTooLarge,
        402 => ErrorCodes.ExportNotAllowed,
        429 => ErrorCodes.RateLimited,
        >= 500 and < 600 => ErrorCodes.BackendUnavailable,
        _ => ErrorCodes.BackendRefused,
    };
}
