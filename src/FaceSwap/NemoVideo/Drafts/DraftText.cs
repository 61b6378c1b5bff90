using System.Globalization;

namespace FaceSwap.NemoVideo.Drafts;

/// <summary>Says what a draft holds, and what an edit changed in it, in words for people.</summary>
public static class DraftText
{
    private const int MostChanges = 20;
    private const int MostListed = 20;
    private const int LongestName = 80;

    /// <summary>One line, for example: <c>Timeline (2 tracks): 1. Video: city timelapse (0-10s) 2. BGM: Lo-fi (0-10s, 35%)</c>.</summary>
    public static string Summarize(IReadOnlyList<DraftTrack> tracks)
    {
        if (tracks.Count == 0)
        {
            return "Timeline (empty)";
        }

        var lines = tracks.Take(MostListed).Select((track, index) => $"{index + 1}. {Kind(track)}: {List(track)}");
        var more = tracks.Count > MostListed ? $" … and {tracks.Count - MostListed} more" : "";
        return $"Timeline ({tracks.Count} {(tracks.Count == 1 ? "track" : "tracks")}): {string.Join(' ', lines)}{more}";
    }

    /// <summary>What became different, at most twenty sentences.</summary>
    public static IReadOnlyList<string> Compare(IReadOnlyList<DraftTrack> before, IReadOnlyList<DraftTrack> after)
    {
        var changes = new List<string>();
        foreach (var kind in before.Concat(after).Select(track => track.Kind).Distinct())
        {
            Compare([.. before.Where(track => track.Kind == kind)], [.. after.Where(track => track.Kind == kind)], changes);
        }

        return changes.Count <= MostChanges ? changes : [.. changes.Take(MostChanges - 1), $"and {changes.Count - MostChanges + 1} more changes"];
    }

    private static void Compare(DraftTrack[] before, DraftTrack[] after, List<string> changes)
    {
        for (var i = 0; i < Math.Max(before.Length, after.Length); i++)
        {
            if (i >= before.Length)
            {
                changes.Add($"added track: {Kind(after[i])} {List(after[i])}".TrimEnd());
            }
            else if (i >= after.Length)
            {
                changes.Add($"removed track: {Kind(before[i])}");
            }
            else
            {
                CompareSegments(before[i], after[i], changes);
            }
        }
    }

    private static void CompareSegments(DraftTrack before, DraftTrack after, List<string> changes)
    {
        var kind = Kind(after).ToLowerInvariant();
        for (var i = 0; i < Math.Max(before.Segments.Count, after.Segments.Count); i++)
        {
            if (i >= before.Segments.Count)
            {
                changes.Add($"{kind} segment added: {Describe(after, after.Segments[i])}");
            }
            else if (i >= after.Segments.Count)
            {
                changes.Add($"{kind} segment removed: {Describe(before, before.Segments[i])}");
            }
            else if (before.Segments[i].Content != after.Segments[i].Content)
            {
                changes.Add($"{kind} segment replaced: {Describe(after, after.Segments[i])}");
            }
        }
    }

    private static string Kind(DraftTrack track) => track.Kind switch
    {
        DraftTrackKind.Video => "Video",
        DraftTrackKind.Audio => "BGM",
        DraftTrackKind.Text => "Title",
        _ => "Track",
    };

    private static string List(DraftTrack track)
    {
        var listed = string.Join(", ", track.Segments.Take(MostListed).Select(segment => Describe(track, segment)));
        return track.Segments.Count > MostListed ? $"{listed} … and {track.Segments.Count - MostListed} more" : listed;
    }

    private static string Describe(DraftTrack track, DraftSegment segment)
    {
        var name = segment.Name.Length <= LongestName ? segment.Name : $"{segment.Name[..LongestName]}…";
        var shown = name.Length == 0 ? "" : track.Kind == DraftTrackKind.Text ? $"\"{name}\" " : $"{name} ";
        var volume = segment.Volume is { } percent ? $", {percent}%" : "";
        return $"{shown}({Seconds(segment.Start)}-{Seconds(segment.Start + segment.Duration)}s{volume})";
    }

    private static string Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 1).ToString(CultureInfo.InvariantCulture);
}
