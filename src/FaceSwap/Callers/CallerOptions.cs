using System.ComponentModel.DataAnnotations;
using FaceSwap.Network;
using Microsoft.Extensions.Options;

namespace FaceSwap.Callers;

/// <summary>How callers say who they are. The function key admits; who calls is said by a token, or else nobody says. Section <c>Callers</c>.</summary>
public sealed class CallerOptions : IValidatableObject
{
    public const string Section = "Callers";

    /// <summary>Who issues the bearer tokens: an OpenID Connect issuer, such as <c>https://login.microsoftonline.com/&lt;tenant&gt;/v2.0</c>. Without one no token is taken.</summary>
    [HttpAddress]
    public Uri? Authority { get; set; }

    /// <summary>The audience that tokens must be for: this API, as the issuer knows it.</summary>
    public string? Audience { get; set; }

    /// <summary>The claim that tells a caller's roles; default <c>roles</c>. With <c>operator</c> among them a caller sees what belongs to all; <c>submitter</c> counts where <see cref="RequireSubmitter"/> says so.</summary>
    [Required]
    public string RoleClaim { get; set; } = "roles";

    /// <summary>Whether every caller must say who they are; default: whoever holds the function key may go without, and is <c>default</c>.</summary>
    public bool Required { get; set; }

    /// <summary>Whether only callers with the role <c>submitter</c> or <c>operator</c> may start and change things, and the others read; default: no role is needed.</summary>
    public bool RequireSubmitter { get; set; }

    /// <summary>How many requests a caller may make in a minute; default 0: as many as they like.</summary>
    [Range(0, 50_000)]
    public int RequestsPerMinute { get; set; }

    /// <summary>How many jobs of a caller may be under way; default 0: as many as they like.</summary>
    [Range(0, 100_000)]
    public int JobsInFlight { get; set; }

    /// <summary>How many bytes of media a caller's jobs may bring in a day, by UTC; default 0: as many as they like.</summary>
    [Range(0L, long.MaxValue)]
    public long BytesPerDay { get; set; }

    /// <summary>Whether the platform's own sign-in stands before the app: then, and only then, what its headers say is believed. Azure sets it.</summary>
    public bool IsBehindPlatformAuth { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Authority is not null && string.IsNullOrWhiteSpace(Audience))
        {
            yield return new ValidationResult("Callers:Audience must name the audience that tokens are for, since Callers:Authority is set.", [nameof(Audience)]);
        }

        if (Authority is { Scheme: not "https", IsLoopback: false })
        {
            yield return new ValidationResult("Callers:Authority must be an https address.", [nameof(Authority)]);
        }
    }
}

[OptionsValidator]
internal sealed partial class CallerOptionsValidator : IValidateOptions<CallerOptions>;
