using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace FaceSwap.Webhooks;

/// <summary>How webhooks are delivered. Section <c>Webhooks</c>.</summary>
public sealed partial class WebhookOptions : IValidatableObject
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

    /// <summary>The longest <c>Retry-After</c> that is honoured; default 24 h. A longer one counts as this.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "3.00:00:00")]
    public TimeSpan LongestRetryAfter { get; set; } = TimeSpan.FromHours(24);

    /// <summary>The time between two <c>job.progress</c> messages of a job, at least; default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan ProgressInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a rotated secret signs beside the new one; default 24 h.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "30.00:00:00")]
    public TimeSpan RotationOverlap { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How many endpoints a caller may create; default 20. Then creating one is refused with <c>limit_reached</c>.</summary>
    [Range(0, 500)]
    public int MostEndpoints { get; set; } = 20;

    /// <summary>Default endpoints, by a name of small letters, digits and dashes; they hear of every job. Default: none.</summary>
    public IDictionary<string, ConfiguredEndpoint> Endpoints { get; } = new Dictionary<string, ConfiguredEndpoint>();

    /// <summary>The waits as they were configured.</summary>
    public IReadOnlyList<TimeSpan> Waits() => [.. Split().Select(wait => TimeSpan.Parse(wait))];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var waits = Split();
        if (waits.Length == 0)
        {
            yield return new ValidationResult("Webhooks:Schedule must name at least one wait.", [nameof(Schedule)]);
        }

        foreach (var wait in waits.Where(wait => !TimeSpan.TryParse(wait, out var parsed) || parsed < TimeSpan.Zero))
        {
            yield return new ValidationResult($"Webhooks:Schedule: '{wait}' is no duration such as 0:05:00.", [nameof(Schedule)]);
        }

        foreach (var (name, endpoint) in Endpoints)
        {
            if (Problem(name, endpoint) is { } problem)
            {
                yield return new ValidationResult($"Webhooks:Endpoints:{name}: {problem}", [nameof(Endpoints)]);
            }
        }
    }

    private static string? Problem(string name, ConfiguredEndpoint endpoint) =>
        !Name().IsMatch(name) ? "the name must be 1 to 32 small letters, digits and dashes."
        : !Uri.TryCreate(endpoint.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") ? "Url must be an http or https address."
        : endpoint.Events is { } events && (events.Count == 0 || !events.All(WebhookEventTypes.IsKnown)) ? "Events must name event types."
        : null;

    private string[] Split() => Schedule.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"^[a-z0-9-]{1,32}\z")]
    private static partial Regex Name();
}

/// <summary>A default endpoint in the configuration: it hears of every caller's jobs.</summary>
public sealed class ConfiguredEndpoint
{
    /// <summary>The receiver's address.</summary>
    public string Url { get; set; } = "";

    /// <summary>The types it hears of; default: all but <c>job.progress</c>.</summary>
    public IList<string>? Events { get; set; }
}

[OptionsValidator]
internal sealed partial class WebhookOptionsValidator : IValidateOptions<WebhookOptions>;
