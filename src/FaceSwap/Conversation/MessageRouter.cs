using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace FaceSwap.Conversation;

/// <summary>
/// Tells which action a user's words ask for, in English and Chinese. An edit costs credits, so words count as one only where
/// a rule says so; where none decides, the caller is asked.
/// </summary>
public static partial class MessageRouter
{
    /// <summary>The action that all sentences ask for, apart from those that ask for nothing; null where that cannot be told.</summary>
    public static UserAction? Route(string text)
    {
        var actions = MessageWords.Shapes(text).Select(Settle).Where(shape => !Chat().IsMatch(shape)).Select(Read).Distinct().ToArray();
        return actions is [var action] ? action : null;
    }

    /// <summary>The shape without the names that are parts of something else.</summary>
    private static string Settle(string shape) => StateOf().Replace(PartOfThePicture().Replace(shape, "O"), "S");

    private static UserAction? Read(string shape)
    {
        var asks = Question().IsMatch(shape);
        var names = shape.Where("XCSU".Contains).Distinct().ToArray();
        if (names.Length > 0)
        {
            // A question may say more, and still asks for the one thing that it names.
            var isClear = names.Length == 1 && !shape.Contains('N') && (asks || !OtherObject().IsMatch(shape));
            return isClear ? ActionOf(names[0]) : null;
        }

        if (asks || OnlyState().IsMatch(shape))
        {
            return shape.Contains('D') ? UserAction.State : null;
        }

        return Edit().IsMatch(shape) && !EndsTheWhole().IsMatch(shape) ? UserAction.Message : null;
    }

    private static UserAction ActionOf(char name) => name switch
    {
        'X' => UserAction.Export,
        'C' => UserAction.Credits,
        'S' => UserAction.State,
        _ => UserAction.Upload,
    };

    // The patterns below read shapes; MessageWords lists what each letter stands for.

    /// <summary>After a verb of an edit: "upload button", "rolling credits", "credits at the end".</summary>
    [GeneratedRegex("(?<=[VLB][^,&QKN]*)[XCSU](?=P)|(?<=[VL][^,&QKNXSU]*[PE])C|(?<=V[OPTZ]*)C(?=E)")]
    private static partial Regex PartOfThePicture();

    /// <summary>The state of an export or of an upload is a state.</summary>
    [GeneratedRegex("[XU]W?S|SW?[XU]")]
    private static partial Regex StateOf();

    /// <summary>Greetings, thanks, and sentences that only say how something is.</summary>
    [GeneratedRegex("^(?!.*[XCSUVLKMNR?])(?:,*J.*|[^Q]+Q.*|.*A.*|[^OPEDQ]*)$")]
    private static partial Regex Chat();

    /// <summary>By its first word, a word that asks wherever it stands, or its ending; never a request such as "can you add music?".</summary>
    [GeneratedRegex(@"^[,RJL]*Q|K|^[^R]*M[^R]*$|^(?!,*[VLB])[^R]*\?$")]
    private static partial Regex Question();

    [GeneratedRegex("[VOPE]")]
    private static partial Regex OtherObject();

    [GeneratedRegex("^[D,&JW]*D[D,&JW]*$")]
    private static partial Regex OnlyState();

    /// <summary>A verb that nothing before it negates, or things alone of which one is seen or heard: "warmer light". Other words alone may be anything: "hmm".</summary>
    [GeneratedRegex("(?<!N[^,]*)V|(?<!N[^,]*)L[^N]*[OPE]|^[^VLNRQ]*[PT][^VLNRQ]*$")]
    private static partial Regex Edit();

    /// <summary>"delete the job": what is meant is not in the picture.</summary>
    [GeneratedRegex("^[^OPET]*ZW[^OPET]*$")]
    private static partial Regex EndsTheWhole();
}

/// <summary>What a user's message asks for. Source: backend contract, Words of a user.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<UserAction>))]
public enum UserAction
{
    /// <summary>An edit: the only action that goes to the agent, and the only one that costs.</summary>
    [JsonStringEnumMemberName("message")]
    Message,

    /// <summary>The finished video.</summary>
    [JsonStringEnumMemberName("export")]
    Export,

    /// <summary>The account's credits.</summary>
    [JsonStringEnumMemberName("credits")]
    Credits,

    /// <summary>What the timeline holds.</summary>
    [JsonStringEnumMemberName("state")]
    State,

    /// <summary>Bringing in another file.</summary>
    [JsonStringEnumMemberName("upload")]
    Upload,
}
