using FaceSwap.Jobs;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace FaceSwap.Functions.Http;

/// <summary>The address of the API for links: the configured one, else as the request names it.</summary>
public sealed class ApiAddress(IOptions<ApiOptions> options)
{
    private const string JobsRoute = "/jobs";

    /// <param name="request">A request to a route under <c>jobs</c>.</param>
    public string Of(HttpRequest request)
    {
        if (options.Value.BaseUrl is { } configured)
        {
            return configured.AbsoluteUri.TrimEnd('/');
        }

        var path = request.Path.Value ?? "";
        var prefix = path[..Math.Max(0, path.IndexOf(JobsRoute, StringComparison.OrdinalIgnoreCase))];
        return $"{request.Scheme}://{request.Host}{request.PathBase}{prefix}";
    }
}
