// API declaration, never shipped: compiled only where the package registry lacks the real Azure Functions worker packages.
using Microsoft.AspNetCore.Http;

namespace Microsoft.Azure.Functions.Worker;

public static class FunctionContextExtensions
{
    // Under this key the ASP.NET Core integration keeps the request of the invocation.
    private const string HttpContextKey = "HttpRequestContext";

    /// <summary>The request that triggered the function; null where it was none.</summary>
    public static HttpContext? GetHttpContext(this FunctionContext context) =>
        context.Items.TryGetValue(HttpContextKey, out var request) ? request as HttpContext : null;
}
