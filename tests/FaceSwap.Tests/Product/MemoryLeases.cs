using System.Globalization;
using System.Net;

namespace FaceSwap.Tests.Product;

/// <summary>The leases of <see cref="MemoryBlobs"/>. They keep nobody from writing.</summary>
internal sealed class MemoryLeases
{
    private readonly Dictionary<string, Lease> _leases = [];

    public HttpResponseMessage Answer(string path, HttpRequestMessage request, TimeProvider time)
    {
        var now = time.GetUtcNow();
        _leases.TryGetValue(path, out var lease);
        var isHeld = lease?.Until > now;
        var action = Value(request, "x-ms-lease-action");
        if (action == "acquire")
        {
            var period = TimeSpan.FromSeconds(int.Parse(Value(request, "x-ms-lease-duration"), CultureInfo.InvariantCulture));
            return isHeld
                ? MemoryBlobs.Refuse(HttpStatusCode.Conflict, "LeaseAlreadyPresent")
                : Hold(path, new Lease(Value(request, "x-ms-proposed-lease-id"), period, now + period), HttpStatusCode.Created);
        }

        return lease?.Id != Value(request, "x-ms-lease-id")
            ? MemoryBlobs.Refuse(HttpStatusCode.Conflict, "LeaseIdMismatchWithLeaseOperation")
            : Hold(path, lease with { Until = action == "renew" ? now + lease.Period : now }, HttpStatusCode.OK);
    }

    private static string Value(HttpRequestMessage request, string header) => request.Headers.GetValues(header).First();

    private HttpResponseMessage Hold(string path, Lease lease, HttpStatusCode status)
    {
        _leases[path] = lease;
        return new HttpResponseMessage(status) { Headers = { { "x-ms-lease-id", lease.Id } } };
    }

    private sealed record Lease(string Id, TimeSpan Period, DateTimeOffset Until);
}
