using Microsoft.AspNetCore.Http;

namespace FaceSwap.Functions.Http;

/// <summary>A result with headers of our own.</summary>
internal sealed class HeaderedResult(IResult inner, Action<IHeaderDictionary> headers) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        headers(httpContext.Response.Headers);
        return inner.ExecuteAsync(httpContext);
    }
}
