using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace FaceSwap.Jobs;

/// <summary>How long things are kept. Section <c>Retention</c>.</summary>
public sealed class RetentionOptions
{
    public const string Section = "Retention";

    /// <summary>For how many days a job, or a batch, is kept after its end, with its media, record, history, deliveries and idempotency key; default 7.</summary>
    [Range(0.00001, 3650)]
    public double Days { get; set; } = 7;
}

[OptionsValidator]
internal sealed partial class RetentionOptionsValidator : IValidateOptions<RetentionOptions>;
