using System.Threading.RateLimiting;
using FaceSwap.LocalHost.Functions;

namespace FaceSwap.LocalHost.Http;

/// <summary>The limits of <c>extensions.http</c> in <c>host.json</c>: how many requests run at a time and how many may be there in all.</summary>
internal static class RequestLimit
{
    public static void AddTo(IServiceCollection services, IConfiguration configuration)
    {
        // Without a value, or with -1, there is no limit.
        var running = HostJson.HttpLimit(configuration, "maxConcurrentRequests") ?? int.MaxValue;
        var outstanding = HostJson.HttpLimit(configuration, "maxOutstandingRequests") ?? int.MaxValue;
        var limit = new ConcurrencyLimiterOptions { PermitLimit = Math.Min(running, outstanding), QueueLimit = Math.Max(0, outstanding - running) };
        services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(_ => RateLimitPartition.GetConcurrencyLimiter("", _ => limit));
        });
    }
}
