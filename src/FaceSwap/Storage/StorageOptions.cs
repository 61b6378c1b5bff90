using System.ComponentModel.DataAnnotations;
using FaceSwap.Network;
using Microsoft.Extensions.Options;

namespace FaceSwap.Storage;

/// <summary>The storage account that holds media, results and ledgers. Section <c>Storage</c>; one of the two addresses is needed.</summary>
public sealed class StorageOptions : IValidatableObject
{
    public const string Section = "Storage";

    /// <summary>The account's blob address, used with the app's identity (in Azure the managed identity).</summary>
    [HttpAddress]
    public Uri? ServiceUri { get; set; }

    /// <summary>A connection string with the account's key, for the local emulator.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The private container that holds everything; created when missing. Default <c>faceswap</c>.</summary>
    [Required, RegularExpression("^[a-z0-9](?!.*--)[a-z0-9-]{1,61}[a-z0-9]$", ErrorMessage = "Storage:Container must be a container name: 3 to 63 lower-case letters, digits and single dashes.")]
    public string Container { get; set; } = "faceswap";

    /// <summary>How long an address to a result stays valid; default 15 minutes.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan LinkLifetime { get; set; } = TimeSpan.FromMinutes(15);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ServiceUri is null == string.IsNullOrEmpty(ConnectionString))
        {
            yield return new ValidationResult(
                "Set either Storage:ServiceUri (an identity is used) or Storage:ConnectionString (the local emulator).",
                [nameof(ServiceUri)]);
        }
    }
}

[OptionsValidator]
internal sealed partial class StorageOptionsValidator : IValidateOptions<StorageOptions>;
