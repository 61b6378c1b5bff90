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
        return new FaceSwapException(Classify(reason, httpStatus), $"The backend answered {reason}.", retryAfter);
    }

    /// <summary>
    /// Whether an answer to the paid message proves that it did not run: a status of the 400s, or with a lower status a code
    /// that stands for one or is documented. A gateway that times out or breaks says nothing about the message behind it.
    /// </summary>
    public static bool ProvesThatNothingRan(int httpStatus, int code) => httpStatus switch
    {
        408 or >= 500 => false,
        >= 400 => true,
        _ => code is (>= 400 and < 500 and not 408) or 1001 or 1002 or 1010 or 1011 or 2001 or 4001 or 4002,
    };

    // A code that nobody documented, with a status of the 500s, is a backend in trouble and not a refusal.
    private static string Classify(int reason, int httpStatus) => reason switch
    {
        1001 or 1010 or 1011 or 401 => ErrorCodes.TokenExpired,
        1002 => ErrorCodes.SessionLost,
        2001 => ErrorCodes.InsufficientCredits,
        4001 => ErrorCodes.UnsupportedFormat,
        4002 or 413 => ErrorCodes.MediaTooLarge,
        402 => ErrorCodes.ExportNotAllowed,
        429 => ErrorCodes.RateLimited,
        408 or (>= 500 and < 600) => ErrorCodes.BackendUnavailable,
        _ when httpStatus >= 500 => ErrorCodes.BackendUnavailable,
        _ => ErrorCodes.BackendRefused,
    };
}
