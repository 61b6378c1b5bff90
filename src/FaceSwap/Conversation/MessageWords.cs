using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace FaceSwap.Conversation;

/// <summary>
/// Reads a text as shapes, one for each sentence: a letter for every word that means something to <see cref="MessageRouter"/>,
/// in English and Chinese. <c>add a credits roll at the end</c> reads as <c>VCPE</c>.
/// </summary>
internal static partial class MessageWords
{
    /// <summary>Stands for quoted text, which is content and names nothing.</summary>
    private const string Quote = "\u00a4";

    /// <summary>The words of each kind. A word that is not listed is a thing to edit (<c>O</c>); one of no kind says nothing.</summary>
    private static readonly (string Kinds, string Words)[] Table =
    [
        // The four free actions.
        ("X", "export|exports|exported|exporting|download|downloads|downloaded|save|render|rendered|link|links"
            + "|send me the video|send me my video|send me the result|send me the file|send me my file|give me the video|give me my video|give me the result|give me the file"
            + "|导出|下载|保存|渲染|链接|发给我|发我|给我视频|视频给我|導出|匯出|下載|儲存"),
        ("C", "credit|credits|balance|account|cost|costs|积分|余额|点数|额度|账户|账号|積分|餘額|點數"),
        ("S", "status|progress|status update|progress report|状态|进度|狀態|進度"),
        ("U", "upload|uploads|uploading|上传|上傳"),

        // Verbs of an edit: those that act on the picture, and those that say little without an object.
        ("V", "add|swap|replace|change|insert|put|cut|trim|crop|edit|apply|overlay|speed|slow|turn|mute|blend|fade|rotate|translate|write"
            + "|brighten|lighten|darken|dim|blur|sharpen|soften|zoom|resize|stabilize|stabilise|adjust|increase|decrease|reduce|raise|lower|boost|convert|flip|mirror"
            + "|move|shorten|extend|loop|reverse|split|merge|combine|enhance|improve|fix|correct|transform|set|place|attach|include|keep|update|modify|switch|animate|highlight|undo|redo|revert|restore"
            + "|换|替换|更换|交换|加|加上|添加|加入|增加|叠加|加快|加速|去掉|去除|移除|去|改|改成|改为|修改|改变|调|调整|剪|剪辑|剪掉|裁剪|插入|变|变成"
            + "|旋转|翻译|配|配上|放|放大|放慢|缩小|模糊|静音|美化|拼接|合成|提高|提亮|降低|减慢|写|撤销|还原|恢复|換|替換|修改|變|變成|調|調整|插入|剪輯"),
        ("VZ", "delete|remove|erase|discard|drop|clear|删|删除|删掉|清除|清空|刪除|刪掉"),
        ("VD", "换了|加了|改了|改过|修改了|删了|剪了|換了|刪了"),
        ("L", "make|create|do|give|get|have|want|wants|need|needs|should|must|use|generate|produce|prepare|let's|wish|i'd like|i'd love|would like|would love"
            + "|做|弄|让|使|要|想|想要|需要|希望|生成|讓"),

        // Things one sees, and places in the video: beside them, a name is a part of the picture.
        ("P", "roll|rolling|scrolling|crawl|bar|button|sticker|icon|sign|overlay|sequence|animation|banner|symbol|badge|logo|arrow|card|counter|emoji|text"
            + "|按钮|图标|贴纸|条|栏|标志|动画|字样|文字|按鈕|圖標|貼紙|條|欄"),
        ("E", "end|ending|closing|opening|beginning|intro|outro|scene|corner|top|bottom|middle|片头|片尾|开头|结尾|末尾|左上角|右上角|左下角|右下角"),

        // Things that are seen or heard: alone they say what is wanted. And what is not in the video at all.
        ("OT", "light|lights|lighting|color|colors|colour|colours|style|mood|tone|tones|music|song|soundtrack|sound|sounds|volume|voice|title|titles|subtitle|subtitles|caption|captions|background|filter|effect|effects"
            + "|transition|transitions|contrast|brightness|saturation|exposure|font|speed|motion|slow motion|fade-in|fade-out|black and white|vintage|cinematic|retro|noir|sepia|warm|warmer|cooler|bright|brighter|dark|darker"
            + "|sharper|softer|faster|slower|louder|quieter|bigger|smaller|larger|longer|shorter|smoother|higher|vivid|bold|bolder|hair|eyes|skin|smile|sky|red|green|blue|yellow|white|black|pink|purple|orange|golden"
            + "|音乐|配乐|歌曲|声音|音量|标题|字幕|背景|滤镜|特效|效果|转场|风格|色调|颜色|色彩|光线|灯光|对比度|饱和度|亮度|字体|黑白|复古|电影感|慢动作|暖|冷|亮|暗|音樂|標題|濾鏡|風格|顏色"),
        ("W", "job|jobs|project|projects|order|orders|subscription|batch|schedule|everything|all of it|任务|项目|订单|全部|所有|任務|項目|訂單"),

        // Questions: words that open one, words that make one wherever they stand, and endings.
        ("Q", "how|what|which|why|who|whose|is|are|does|do i|do you|do we|do they|am|can i|could i|may i|should i|should we|can it|could it|will it|would it"
            + "|when will|when is|when are|when can|when do|when does|where is|where are|where can|where do|what's|whats|how's|where's|who's|isn't|aren't|doesn't"
            + "|tell|show me|show us|show|explain|describe|list|know|wonder|see what|see how|see which"),
        ("QD", "did|didn't|was|were|wasn't|weren't|has|hasn't|have you|have i|haven't|when did|when was|where did|how far|how long"),
        ("K", "question|questions|problem|issue|refund|money|receipt|invoice|问题|退款|发票|什么|怎么|怎样|如何|为什么|为何|多少|多久|哪|谁|何时|几点|有几|剩几|还有几|告诉|解释|说明|显示|知道|什麼|怎麼|為什麼|誰|告訴|顯示"),
        ("KC", "多少钱|多少錢"),
        ("M", "吗|呢|是否|有没有|是不是|要不要|嗎|有沒有"),
        ("DM", "了没|了没有|好了没|完成没有|了沒|好了沒"),
        ("D", "done|ready|finished|complete|completed|happened|happening|going|changes|changed|edits|edited|made|track|tracks|timeline"
            + "|好了|完成|完了|结束|变化|改动|更改|更改了|做了|轨道|时间线|时间轴|軌道|完成了"),

        // Requests in the form of a question.
        ("R", "can you|could you|would you|will you|can we|could we|is it possible to|would it be possible to|would you mind|do you mind"
            + "|能|能不能|能否|可否|可以|可不可以|可以吗|好吗|行吗|好不好|行不行|麻烦|可以嗎|好嗎|麻煩"),

        ("N", "don't|dont|do not|not|no|never|nothing|can't|cannot|can not|won't|shouldn't|couldn't|stop|cancel"
            + "|不要|不用|不想|不能|不可以|别|先别|不|没|没有|勿|取消|停止|別|沒|沒有"),
        ("A", "too|太|是"),
        ("J", "i|i'm|i've|it|it's|this|that|that's|these|you|you're|we|they|he|she|我|你|您|它|他|她|这|那|我们|這"),
        (",", ",|;|:|but|then|或者|但|但是|然后|再|接着|、|然後"),
        ("&", "and|or|as well as|plus|并|并且|和|与|还有|以及|顺便|還有|並"),
        ("B", "把|将|给|將|給"),
        ("O", Quote + "|white balance|color balance|colour balance|功能|智能|加拿大|主要"),

        // Words that change nothing.
        ("", "a|an|the|my|your|our|me|us|its|their|to|of|for|from|in|on|at|with|by|if|when|where|so|as|be|been|there|here|please|pls|plz|kindly|just|now|right now|also|still|yet|again|soon|already"
            + "|immediately|first|last|next|another|other|new|final|finished video|some|any|all|more credits|many|much|left|remaining|available|one|ones|start|begin|finish|run|check|view|see|look|find|try|go|ahead"
            + "|help|help me|let|let me|i'll|will|would|could|can|used|spent|spend|uploaded|video|videos|clip|clips|photo|photos|picture|pictures|image|images|file|files|face|movie|footage|result|results"
            + "|thank you|thanks|thx|ok|okay|yes|sure|hi|hello|hey|dear|sorry|good|nice|great|cool|perfect|awesome|excellent|wow|fine|well|love|like|work|wait|mind|morning|bye"
            + "|请|请问|帮|帮我|帮忙|的|了|吧|啊|呀|哦|嘛|呗|哈|得|地|着|就|都|也|还|又|已|已经|会|在|到|有|一下|一份|一个|个|一张|张|一段|一首|现在|马上|立即|立刻|赶紧|赶快|先|之后|直接|重新|另|另外|新|最后|最终"
            + "|视频|影片|片段|文件|照片|图片|素材|成品|结果|作品|脸|剩|剩余|剩下|用|用了|花|花了|消耗|消耗了|消耗的|查|查看|查询|查一下|看|看看|看一下|看下|给我|一共|总共|目前|当前"
            + "|谢谢|多谢|好|好的|嗯|你好|您好|很好|不错|真棒|很棒|行|算了|没问题|太好了|太棒了|对不起|請|請問|幫|幫我|視頻|檔案|現在|還|剩餘|謝謝|查詢|給我"),
    ];

    private static readonly FrozenDictionary<string, string> Kinds = Table
        .SelectMany(row => row.Words.Split('|'), (row, word) => (word, row.Kinds))
        .DistinctBy(entry => entry.word)
        .ToFrozenDictionary(entry => entry.word, entry => entry.Kinds);

    /// <summary>A listed word or phrase, the longest first; else a whole word, or one character of a language without spaces.</summary>
    private static readonly Regex Tokens = new(
        $@"(?:{Listed(IsSpaced)})(?![\p{{L}}\p{{N}}'-[{Unspaced}]])|{Listed(word => !IsSpaced(word))}|[\p{{L}}\p{{N}}'-[{Unspaced}]]+|[{Unspaced}]",
        RegexOptions.CultureInvariant);

    private const string Unspaced = @"\u3040-\u30ff\u3400-\u9fff";

    /// <summary>The shapes of the sentences of a text, in their order.</summary>
    public static IEnumerable<string> Shapes(string text)
    {
        var plain = Apostrophes().Replace(Spaces().Replace(Narrow(text), " "), "'");
        var unquoted = Quotes().Replace(plain, $" {Quote} ");

        // Quotation marks hold content only where something is to be done with it: a lone "export" still means what it says.
        var words = Shape(unquoted).IndexOfAny(['V', 'L']) >= 0 ? unquoted : Quotes().Replace(plain, match => $" {match.Value[1..^1]} ");
        return Sentences().Matches(words).Select(sentence => Shape(sentence.Value));
    }

    /// <summary>Full-width letters and marks read as plain ones.</summary>
    private static string Narrow(string text) =>
        string.Concat(text.Select(letter => letter is >= '\uff01' and <= '\uff5e' ? (char)(letter - 0xfee0) : letter)).ToLowerInvariant();

    private static string Shape(string sentence)
    {
        var kinds = Tokens.Matches(sentence).Select(token => KindsOf(token.Value));
        return string.Concat(kinds) + (sentence.Contains('?', StringComparison.Ordinal) ? "?" : "");
    }

    private static string KindsOf(string word) =>
        Kinds.GetValueOrDefault(word) ?? (word.All(char.IsAsciiDigit) ? "" : "O");

    /// <summary>A word comes after the longer ones that begin with it, so that the longest wins.</summary>
    private static string Listed(Func<string, bool> chosen) =>
        string.Join('|', Kinds.Keys.Where(chosen).OrderDescending(StringComparer.Ordinal).Select(Regex.Escape));

    private static bool IsSpaced(string word) => char.IsAsciiLetter(word[0]);

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex("(?<=[a-z])[’`]")]
    private static partial Regex Apostrophes();

    [GeneratedRegex("""
        "[^"]+"|“[^”]+”|‘[^’]+’|「[^」]+」|『[^』]+』|《[^》]+》|(?<![a-z0-9])'[^']+'(?![a-z0-9])
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Quotes();

    /// <summary>A point ends a sentence only before a space or at the end: not in 3.5 or a file's name.</summary>
    [GeneratedRegex(@"(?:[^.!?;。]|\.(?=[^\s.]))+[.!?;。]*")]
    private static partial Regex Sentences();
}
