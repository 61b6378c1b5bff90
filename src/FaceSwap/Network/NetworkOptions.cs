using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Options;

namespace FaceSwap.Network;

/// <summary>Which addresses of callers the app connects to. Section <c>Network</c>.</summary>
public sealed class NetworkOptions : IValidatableObject
{
    public const string Section = "Network";

    /// <summary>
    /// Ranges in CIDR notation, separated by commas, that are allowed although they are not public; default: none.
    /// For local development only, for example <c>127.0.0.0/8</c>.
    /// </summary>
    public string AllowedRanges { get; set; } = "";

    /// <summary>How long a connection may take to be made; default 10 s. Reaching it counts as unreachable.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    internal IEnumerable<IPNetwork> ParseAllowedRanges() => Split().Select(range => IPNetwork.Parse(range));

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        from range in Split()
        where !IPNetwork.TryParse(range, out _)
        select new ValidationResult($"Network:AllowedRanges: '{range}' is no range in CIDR notation such as 127.0.0.0/8.", [nameof(AllowedRanges)]);

    private string[] Split() => AllowedRanges.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}

[OptionsValidator]
internal sealed partial class NetworkOptionsValidator : IValidateOptions<NetworkOptions>;
