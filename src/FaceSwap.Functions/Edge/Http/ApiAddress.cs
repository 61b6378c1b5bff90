using System.Net;
using FaceSwap.Errors;
using FaceSwap.Jobs;
using Microsoft.Extensions.Options;

namespace FaceSwap.Functions.Edge.Http;

/// <summary>The address of the API for links: the configured one; on one machine, without one, as the request names it.</summary>
public sealed class ApiAddress(IOptions<ApiOptions> options)
{
    private static readonly string[] Routes = ["/jobs", "/batches", "/schedules", "/webhook-endpoints"];

    /// <summary>The address for links of what no request has asked for: the configured one, or where the app is on one machine.</summary>
    public string WithoutRequest => options.Value.BaseUrl?.AbsoluteUri.TrimEnd('/') ?? "http://localhost:7071/api";

    /// <param name="request">A request to a route under <c>jobs</c>, <c>batches</c>, <c>schedules</c> or <c>webhook-endpoints</c>.</param>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.InvalidRequest"/>: none is configured, and the request names another machine.</exception>
    public string Of(HttpRequest request)
    {
        if (options.Value.BaseUrl is { } configured)
        {
            return configured.AbsoluteUri.TrimEnd('/');
        }

        // Whoever calls chooses this header, and links go to others: in webhooks, and in jobs that somebody else reads.
        if (!IsLoopback(request.Host.Host))
        {
            throw new FaceSwapException(ErrorCodes.InvalidRequest, "The API's public address is not configured, and the request's Host is not this machine.")
            {
                Remedy = "Operator: set Api__BaseUrl to the API's public address, such as https://swap.example.com/api.",
            };
        }

        var path = request.Path.Value ?? "";
        var route = Routes.Select(route => path.IndexOf(route, StringComparison.OrdinalIgnoreCase)).Where(index => index >= 0);
        var prefix = path[..route.DefaultIfEmpty(0).Min()];
        return $"{request.Scheme}://{request.Host}{request.PathBase}{prefix}";
    }

    private static bool IsLoopback(string host) =>
        IPAddress.TryParse(host, out var address) ? IPAddress.IsLoopback(address) : host.Equals("localhost", StringComparison.OrdinalIgnoreCase);
}
