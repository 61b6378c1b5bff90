using System.Text;
using System.Text.RegularExpressions;

namespace FaceSwap.Conversation;

/// <summary>
/// Rewrites what the agent says for callers who sit before no screen: sentences that tell them to click, drag or look at
/// a panel are dropped or replaced by what really happens; descriptions of content stay as they are.
/// </summary>
public static partial class AgentTextTranslator
{
    private const int LongestText = 2000;

    /// <summary>The first pattern that a sentence matches decides; null drops the sentence.</summary>
    private static readonly (Regex Pattern, string? Replacement)[] Rules =
    [
        (TemporaryIssue(), null),
        (ExportEnglish(), "The video is exported automatically."),
        (ExportChinese(), "视频会自动导出。"),
        (AccountEnglish(), "The credits can be read from the API."),
        (AccountChinese(), "积分可通过接口查询。"),
        (Screen(), null),
    ];

    /// <summary>The text for people; empty when nothing is left of it.</summary>
    public static string Translate(string text)
    {
        var kept = new List<string>();
        foreach (var sentence in Sentences().Matches(text).Select(match => match.Value.Trim()))
        {
            var said = Say(sentence);
            if (said is { Length: > 0 } && !kept.Contains(said))
            {
                kept.Add(said);
            }
        }

        var joined = string.Join(' ', kept);
        return joined.Length <= LongestText ? joined : $"{joined[..LongestText]}…";
    }

    private static string? Say(string sentence)
    {
        foreach (var (pattern, replacement) in Rules)
        {
            if (pattern.IsMatch(sentence))
            {
                return replacement;
            }
        }

        return sentence;
    }

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"[^.!?。！？\r\n]+(?:[.!?。！？]+(?=\s|$|[\u4e00-\u9fff])|[.](?=\S)[^.!?。！？\r\n]*)*[.!?。！？]*", Options)]
    private static partial Regex Sentences();

    [GeneratedRegex(@"I encountered a temporary issue", Options)]
    private static partial Regex TemporaryIssue();

    [GeneratedRegex(@"\b(click|press|tap|hit|use|select|choose)\b.{0,40}\b(export|download|render)\b", Options)]
    private static partial Regex ExportEnglish();

    [GeneratedRegex(@"(点击|点按|按下|选择|点).{0,10}(导出|下载)|导出按钮", Options)]
    private static partial Regex ExportChinese();

    [GeneratedRegex(@"\b(check|visit|open|see|go to)\b.{0,20}\byour (account|profile|dashboard)\b", Options)]
    private static partial Regex AccountEnglish();

    [GeneratedRegex(@"(查看|打开|检查).{0,6}(账户|账号|帐户)", Options)]
    private static partial Regex AccountChinese();

    [GeneratedRegex(
        @"\b(click|tap|press|drag|drop|hover|scroll|double-click|right-click)\b"
        + @"|\b(open|close|use|see|check)\b.{0,40}\b(panel|tab|sidebar|toolbar|menu|window|editor|button|timeline view)\b"
        + @"|\bpreview\b.{0,30}\b(timeline|player|panel|window|editor)\b"
        + "|点击|点按|拖拽|拖动|打开.{0,10}(面板|窗口|菜单|标签)|在时间轴.{0,6}预览",
        Options)]
    private static partial Regex Screen();
}

/// <summary>Puts the agent's text together: pieces that are followed by the whole count once, and all of it is bounded.</summary>
internal sealed class AgentText
{
    private const int MostCharacters = 16 * 1024;
    private readonly StringBuilder _whole = new();
    private readonly StringBuilder _pieces = new();

    public void Add(string text, bool isPartial)
    {
        if (isPartial)
        {
            Append(_pieces, text);
            return;
        }

        Append(_whole, text);
        _pieces.Clear();
    }

    /// <summary>What was said; pieces whose whole never came count as they are.</summary>
    public override string ToString() => $"{_whole}{_pieces}";

    private static void Append(StringBuilder target, string text) =>
        target.Append(text, 0, Math.Min(text.Length, Math.Max(0, MostCharacters - target.Length)));
}
