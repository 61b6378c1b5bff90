using FaceSwap.Callers;
using Microsoft.AspNetCore.Http;

namespace FaceSwap.Functions.Http.Edge;

/// <summary>Who makes a request: the one place that knows.</summary>
internal static class RequestCaller
{
    /// <summary>Whoever holds the function key is the same caller.</summary>
    public static string Of(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallerIds.Default;
    }
}
