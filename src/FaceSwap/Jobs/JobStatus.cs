using FaceSwap.NemoVideo.Sessions;

namespace FaceSwap.Jobs;

/// <summary>The custom status of a job's instance: the one source of truth while it runs.</summary>
/// <param name="Stage">The stage it is in.</param>
/// <param name="Percent">How much is done, 0 to 100; it never goes back.</param>
/// <param name="Timeline">Every stage entered so far, in order.</param>
/// <param name="Outcome">How it ended, from that moment on: whoever hears of the end by webhook finds it here, though the instance may still be closing.</param>
/// <param name="Session">The session at the backend, once there is one: what was paid for lies there, however the instance ends.</param>
public sealed record JobStatus(
    JobStage Stage, int Percent, IReadOnlyList<StageEntry> Timeline, JobOutcome? Outcome = null, NemoSession? Session = null)
{
    private const int LongestText = 300;
    private const int LargestEdit = 2000;

    /// <summary>
    /// The status as an instance may carry it: the platform fails an orchestration whose custom status exceeds 16 KB (8,192
    /// characters, of which one of Chinese takes six). What an edit did in many words, and the whole of an error's detail, stand
    /// in <c>job.json</c>.
    /// </summary>
    public JobStatus WithinLimit() => this with
    {
        Outcome = Outcome is null ? null : Outcome with
        {
            Edit = Outcome.Edit is { } edit && SizeOf(edit) <= LargestEdit ? edit : null,
            Error = Outcome.Error is { } error ? error with { Detail = Cut(error.Detail), Remedy = Cut(error.Remedy) } : null,
        },
    };

    private static int SizeOf(JobEdit edit) => edit.Changes.Append(edit.Timeline).Append(edit.Reply ?? "").Sum(SizeOf);

    // As JSON escapes it: letters, digits, spaces and the commonest marks stand for themselves, all else takes up to six.
    private static int SizeOf(string text) => text.Sum(letter => char.IsAsciiLetterOrDigit(letter) || letter is ' ' or '.' or ',' or ':' or '(' or ')' or '-' ? 1 : 6);

    private static string Cut(string text) => text.Length <= LongestText ? text : $"{text[..LongestText]}…";
}

/// <summary>When a job entered a stage.</summary>
public sealed record StageEntry(JobStage Stage, DateTimeOffset At);
