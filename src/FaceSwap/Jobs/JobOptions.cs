using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace FaceSwap.Jobs;

/// <summary>Intervals and limits of a job. Section <c>Jobs</c>. A change applies to jobs that are accepted after it.</summary>
public sealed class JobOptions
{
    public const string Section = "Jobs";

    /// <summary>How long a job may take in all; default 60 minutes. Then it ends as <c>expired</c> and nothing further is paid.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromMinutes(60);

    /// <summary>Whether a job must say that whoever is shown agreed to it; default: it may.</summary>
    public bool RequireConsent { get; set; }

    /// <summary>What the backend is told when the caller gives no instruction.</summary>
    [Required, StringLength(2000, MinimumLength = 1)]
    public string Instruction { get; set; } = "swap the face in my video with the face from this photo";

    /// <summary>The first wait before a step that costs nothing is run again, doubled each time; default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:10:00")]
    public TimeSpan StepRetryDelay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often such a step is run at most; default 5.</summary>
    [Range(1, 20)]
    public int StepAttempts { get; set; } = 5;

    /// <summary>How long one run of a step may take in all; default 25 minutes, below the platform's <c>functionTimeout</c> of 30.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:28:00")]
    public TimeSpan StepLimit { get; set; } = TimeSpan.FromMinutes(25);

    /// <summary>How long before the instruction's intent expires, unsent; default 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan SendWindow { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the event stream may last in all; default 15 minutes. Then it is left, and the state decides.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:25:00")]
    public TimeSpan StreamLimit { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// How many streams one instance of the app follows at a time; default 100. Each holds an activity for minutes, so it stays
    /// below <c>maxConcurrentActivityFunctions</c> of <c>host.json</c>: polls, storing and webhooks never wait for edits.
    /// </summary>
    [Range(1, 10_000)]
    public int MostStreams { get; set; } = 100;

    /// <summary>How long the stream may carry nothing but heartbeats; default 10 minutes. Then it is left, and the state decides.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:25:00")]
    public TimeSpan SilenceLimit { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long after a broken stream the session's state is read for the first time; default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:10:00")]
    public TimeSpan FirstReadAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The wait between further reads; default 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:10:00")]
    public TimeSpan NextReadAfter { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>After how many reads without a change the edit counts as not applied; default 5.</summary>
    [Range(1, 20)]
    public int UnchangedReads { get; set; } = 5;

    /// <summary>The time between the two equal reads that prove a changed state has settled; default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:10:00")]
    public TimeSpan SettleInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long after an intent of unknown outcome a second one is allowed at the earliest; default 15 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "01:00:00")]
    public TimeSpan SecondAttemptAfter { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>About how many credits one message takes, for the check before it is sent; default 100.</summary>
    [Range(0, 1_000_000)]
    public int MessageCost { get; set; } = 100;

    /// <summary>How long the quickest renders take, until enough were observed; default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "01:00:00")]
    public TimeSpan RenderShortest { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the slowest ordinary renders take, until enough were observed; default 90 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "01:00:00")]
    public TimeSpan RenderLongest { get; set; } = TimeSpan.FromSeconds(90);

    /// <summary>The shortest wait between two polls of a render; default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:10:00")]
    public TimeSpan PollShortest { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest wait between two polls: a finished render is found no later than this; default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:10:00")]
    public TimeSpan PollLongest { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a render is polled at most; default 30. Then it is cancelled and the job fails with <c>render_timed_out</c>.</summary>
    [Range(1, 200)]
    public int RenderPolls { get; set; } = 30;
}

[OptionsValidator]
internal sealed partial class JobOptionsValidator : IValidateOptions<JobOptions>;
