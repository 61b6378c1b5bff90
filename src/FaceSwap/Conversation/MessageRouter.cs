using System.Text.RegularExpressions;

namespace FaceSwap.Conversation;

/// <summary>Tells which action a user's words ask for, in English and Chinese, so that questions are never paid for as edits.</summary>
public static partial class MessageRouter
{
    private static readonly (Regex Words, UserAction Action)[] Routes =
    [
        (Export(), UserAction.Export),
        (Credits(), UserAction.Credits),
        (State(), UserAction.State),
        (Upload(), UserAction.Upload),
    ];

    /// <summary>The action; whatever names none of the others is an edit.</summary>
    public static UserAction Route(string text)
    {
        // "Add credits at the end" speaks about the picture: a word of an edit goes before all others.
        if (Edit().IsMatch(text))
        {
            return UserAction.Message;
        }

        foreach (var (words, action) in Routes)
        {
            if (words.IsMatch(text))
            {
                return action;
            }
        }

        return UserAction.Message;
    }

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"\b(add|swap|replace|change|make|remove|delete|insert|put|cut|trim|crop|edit|apply|overlay|speed|slow|turn|mute|use|blend|fade|rotate|translate|write)\b|换|加上|添加|删除|去掉|改成|修改|剪|替换|插入|加一|加个|加入", Options)]
    private static partial Regex Edit();

    [GeneratedRegex(@"\b(export|download|save the video)\b|\b(send|give) me (the|my) (video|result|file)\b|导出|下载|发给我", Options)]
    private static partial Regex Export();

    [GeneratedRegex(@"\b(credits?|balance)\b|积分|余额", Options)]
    private static partial Regex Credits();

    [GeneratedRegex(@"\b(status|progress)\b|\bshow (me )?(the )?(tracks?|timeline)\b|状态|进度|轨道", Options)]
    private static partial Regex State();

    [GeneratedRegex(@"\bupload(ing)?\b|上传", Options)]
    private static partial Regex Upload();
}
