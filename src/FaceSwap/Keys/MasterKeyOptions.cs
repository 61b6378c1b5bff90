using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace FaceSwap.Keys;

/// <summary>Where the app's only secret comes from. Exactly one of the two is needed.</summary>
public sealed class MasterKeyOptions : IValidatableObject
{
    /// <summary>32 random bytes in base64. In Azure: a Key Vault reference. Setting: <c>MasterKey</c>.</summary>
    public string? MasterKey { get; set; }

    /// <summary>A file that holds the key and is created with a random one when it is missing. For one machine only. Setting: <c>MasterKeyFile</c>.</summary>
    public string? MasterKeyFile { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrEmpty(MasterKey) == string.IsNullOrEmpty(MasterKeyFile))
        {
            yield return new ValidationResult(
                "Set either MasterKey (32 bytes in base64, for example from 'openssl rand -base64 32') or MasterKeyFile (a path; created when missing).",
                [nameof(MasterKey)]);
        }
        else if (!string.IsNullOrEmpty(MasterKey) && !Keys.MasterKey.TryParse(MasterKey, out _))
        {
            yield return new ValidationResult("MasterKey must be 32 bytes in base64.", [nameof(MasterKey)]);
        }
    }
}

[OptionsValidator]
internal sealed partial class MasterKeyOptionsValidator : IValidateOptions<MasterKeyOptions>;
