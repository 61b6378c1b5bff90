using System.ComponentModel.DataAnnotations;
using FaceSwap.Network;
using Microsoft.Extensions.Options;

namespace FaceSwap.Jobs;

/// <summary>How callers see the API. Section <c>Api</c>.</summary>
public sealed class ApiOptions
{
    public const string Section = "Api";

    /// <summary>
    /// The API's public address, for example <c>https://swap.example.com/api</c>; default: in Azure the app's host name there.
    /// Without either only requests to this machine itself get links, as they name it.
    /// </summary>
    [HttpAddress]
    public Uri? BaseUrl { get; set; }

    /// <summary>
    /// The largest request body, in bytes; 32 MiB by default. The platform's host holds a body in memory, at about four bytes for each:
    /// larger files go to storage by <c>POST /api/uploads</c>, past the host. A larger body is answered 413.
    /// </summary>
    [Range(1024 * 1024, 100 * 1024 * 1024)]
    public long MaxFormBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>The API's address under the host name that Azure gives the app; null without one, or for this machine's, which Core Tools give.</summary>
    internal static Uri? UnderHostName(string? hostName) =>
        hostName is { Length: > 0 } && Uri.TryCreate($"https://{hostName}/api", UriKind.Absolute, out var address) && !address.IsLoopback ? address : null;
}

[OptionsValidator]
internal sealed partial class ApiOptionsValidator : IValidateOptions<ApiOptions>;
