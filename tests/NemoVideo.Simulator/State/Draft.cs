using System.Globalization;
using System.Text.Json;
using NemoVideo.Simulator.Sessions;

namespace NemoVideo.Simulator.State;

/// <summary>
/// A session's timeline as text. The text is made on purpose of things that do not survive being read into
/// numbers and written again: numbers beyond a double, trailing zeros, exponents, escapes, blanks, unknown fields.
/// </summary>
internal static class Draft
{
    public static string Of(Session session)
    {
        var width = session.Clip?.Facts.Width ?? 1080;
        var height = session.Clip?.Facts.Height ?? 1920;
        return string.Create(CultureInfo.InvariantCulture, $$$"""
            {"v":3 , "t":[{{{string.Join(", ", Tracks(session))}}}], "d":{{{Length(session)}}},"m":{"title":"{{{Title(session)}}}","width":{{{width}}},"height":{{{height}}},"mood":"caf\u00e9 ✨"},"rev":9007199254740993{{{session.Stages.Count + session.Files.Count}}}, "x_gain":1e2,"x_ratio":0.10,"x_seed":1234567890123456789012345.50,"x_flags":[ true , null, -0.0 ] }
            """);
    }

    private static IEnumerable<string> Tracks(Session session)
    {
        if (session.Clip is not null)
        {
            yield return VideoTrack(session);
        }

        foreach (var stage in session.Stages.Where(stage => stage.Stage == 2))
        {
            yield return $$$"""{"tt":1,"id":"bgm_{{{stage.MessageId}}}","sg":[{"d":{{{Length(session)}}},"st":0.0,"vol":0.350,"m":{"title":"Lo-fi"}}]}""";
            yield return $$$"""{"tt":7,"id":"txt_{{{stage.MessageId}}}","sg":[{"d":3000,"st":0,"txt":"New Face ✨","m":{"title":"New Face"}}],"x_style":{"size":4.80e1}}""";
        }
    }

    private static string VideoTrack(Session session)
    {
        var generated = session.Stages.LastOrDefault(stage => stage.Stage == 1);
        var segments = generated is null
            ? session.Files.Where(file => file.FileType == "video").Select(file => Segment(file.StoredAs, file.Filename, session))
            : [Segment($"gen_{generated.MessageId}", "face swap", session)];
        return $$$"""{"tt":0,"id":"vid_1","sg":[{{{string.Join(',', segments)}}}], "locked":false}""";
    }

    private static string Segment(string source, string title, Session session) =>
        $$$"""{"d":{{{Length(session)}}},"st":0.00,"sp":1.50,"src":"{{{source}}}","m":{"title":"{{{JsonEncodedText.Encode(title)}}}"}}""";

    private static string Title(Session session) => JsonEncodedText.Encode(session.TaskName).ToString();

    /// <summary>In milliseconds.</summary>
    private static long Length(Session session) => (long)Math.Round((session.Clip?.Facts.Duration ?? 0) * 1000);
}
