using FaceSwap.Jobs;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace FaceSwap.Functions.Http;

/// <summary>The address of the API for links: the configured one, else as the request names it.</summary>
public sealed class ApiAddress(IOptions<ApiOptions> options)
{
    private static readonly string[] Routes = ["/jobs", "/webhook-endpoints"];

    /// <param name="request">A request to a route under <c>jobs</c> or <c>webhook-endpoints</c>.</param>
    public string Of(HttpRequest request)
    {
        if (options.Value.BaseUrl is { } configured)
        {
            return configured.AbsoluteUri.TrimEnd('/');
        }

        var path = request.Path.Value ?? "";
        var route = Routes.Select(route => path.IndexOf(route, StringComparison.OrdinalIgnoreCase)).Where(index => index >= 0);
        var prefix = path[..route.DefaultIfEmpty(0).Min()];
        return $"{request.Scheme}://{request.Host}{request.PathBase}{prefix}";
    }
}
