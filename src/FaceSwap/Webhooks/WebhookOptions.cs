using System.ComponentModel.DataAnnotations;

namespace FaceSwap.Webhooks;

/// <summary>How webhooks are delivered. Section <c>Webhooks</c>.</summary>
public sealed class WebhookOptions : IValidatableObject
{
    public const string Section = "Webhooks";

    /// <summary>
    /// The waits before each attempt, separated by commas; default: at once, then after 5 s, 5 min, 30 min, 2 h, 5 h,
    /// 10 h, 14 h, 20 h and 24 h (about three days in all). After the last attempt the delivery is given up.
    /// </summary>
    [Required]
    public string Schedule { get; set; } = "0:00:00,0:00:05,0:05:00,0:30:00,2:00:00,5:00:00,10:00:00,14:00:00,20:00:00,1.00:00:00";

    /// <summary>How long a receiver may take to answer; default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The waits as they were configured.</summary>
    public IReadOnlyList<TimeSpan> Waits() => [.. Split().Select(wait => TimeSpan.Parse(wait))];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        from wait in Split()
        where !TimeSpan.TryParse(wait, out var parsed) || parsed < TimeSpan.Zero
        select new ValidationResult($"Webhooks:Schedule: '{wait}' is no duration such as 0:05:00.", [nameof(Schedule)]);

    private string[] Split() => Schedule.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
