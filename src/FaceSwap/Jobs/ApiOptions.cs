using FaceSwap.Network;
using Microsoft.Extensions.Options;

namespace FaceSwap.Jobs;

/// <summary>How callers see the API. Section <c>Api</c>.</summary>
public sealed class ApiOptions
{
    public const string Section = "Api";

    /// <summary>The API's public address, for example <c>https://swap.example.com/api</c>; default: as the request names it.</summary>
    [HttpAddress]
    public Uri? BaseUrl { get; set; }
}

[OptionsValidator]
internal sealed partial class ApiOptionsValidator : IValidateOptions<ApiOptions>;
