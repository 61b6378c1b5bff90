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

    /// <summary>The API's address under the host name that Azure gives the app; null without one, or for this machine's, which Core Tools give.</summary>
    internal static Uri? UnderHostName(string? hostName) =>
        hostName is { Length: > 0 } && Uri.TryCreate($"https://{hostName}/api", UriKind.Absolute, out var address) && !address.IsLoopback ? address : null;
}

[OptionsValidator]
internal sealed partial class ApiOptionsValidator : IValidateOptions<ApiOptions>;
