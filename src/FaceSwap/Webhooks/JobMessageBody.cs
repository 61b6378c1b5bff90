using System.Text;
using System.Text.Json;
using FaceSwap.Jobs;

namespace FaceSwap.Webhooks;

/// <summary>Writes the body of a job's message and keeps it under 20 kB, giving up first what a receiver misses least.</summary>
internal static class JobMessageBody
{
    /// <summary>What receivers may rely on, in bytes.</summary>
    public const int MostBytes = 20_000;

    private const int FewStages = 12;
    private const int FewChanges = 5;
    private const int ShortText = 500;

    // Tried in this order, each on top of the ones before. Submissions are limited so that the last is never needed.
    private static readonly Func<JobView, JobView>[] Reductions =
    [
        view => view with { Note = Cut(view.Note), Edit = Cut(view.Edit), Error = Cut(view.Error) },
        view => view with { Timeline = [.. view.Timeline.TakeLast(FewStages)] },
        view => view with { Edit = null },
        view => view with { Metadata = null },
    ];

    public static string Write(string type, DateTimeOffset at, JobView view)
    {
        var body = Serialize(type, at, view);
        foreach (var reduce in Reductions)
        {
            if (Encoding.UTF8.GetByteCount(body) < MostBytes)
            {
                break;
            }

            view = reduce(view);
            body = Serialize(type, at, view);
        }

        return body;
    }

    private static string Serialize(string type, DateTimeOffset at, JobView view) =>
        JsonSerializer.Serialize(new WebhookEvent<JobView>(type, at, view), WebhookJson.Wire.JobEvent);

    private static JobEdit? Cut(JobEdit? edit) => edit is null
        ? null
        : new JobEdit(Cut(edit.Timeline)!, [.. edit.Changes.Take(FewChanges).Select(change => Cut(change)!)], Cut(edit.Reply), edit.Credits);

    private static JobErrorView? Cut(JobErrorView? error) => error is null ? null : error with { Detail = Cut(error.Detail)! };

    private static string? Cut(string? text) => text?.Length > ShortText ? $"{text.AsSpan(0, ShortText)}…" : text;
}
