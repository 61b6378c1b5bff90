using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace FaceSwap.Batches;

/// <summary>Where files of items are dropped, to become batches without a call of the API. Section <c>Batches</c>.</summary>
public sealed class BatchOptions
{
    public const string Section = "Batches";
    private const string ContainerName = "^[a-z0-9](?:-?[a-z0-9])+$";

    /// <summary>The container that is looked into; default <c>batch-inbox</c>. Whoever may write there acts as the caller <c>default</c>.</summary>
    [Required, StringLength(63, MinimumLength = 3), RegularExpression(ContainerName)]
    public string InboxContainer { get; set; } = "batch-inbox";

    /// <summary>Where a file goes when its batch has ended, with the results beside it; default <c>batch-done</c>.</summary>
    [Required, StringLength(63, MinimumLength = 3), RegularExpression(ContainerName)]
    public string DoneContainer { get; set; } = "batch-done";

    /// <summary>Where a file goes that gives no batch, with what is wrong beside it; default <c>batch-failed</c>.</summary>
    [Required, StringLength(63, MinimumLength = 3), RegularExpression(ContainerName)]
    public string FailedContainer { get; set; } = "batch-failed";

    /// <summary>For how long a file must not have been written to before it is taken; default 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan InboxSettle { get; set; } = TimeSpan.FromMinutes(1);
}

[OptionsValidator]
internal sealed partial class BatchOptionsValidator : IValidateOptions<BatchOptions>;
