using FaceSwap.Conversation;
using CsCheck;
using Xunit;

namespace FaceSwap.Tests.Conversation;

public sealed class MessageRouterTests
{
    private const string Unclear = "unclear";

    /// <summary>What people say, a line each, under the action it asks for.</summary>
    private static readonly (string Action, string Texts)[] Said =
    [
        ("Export", """
            export
            Export!
            "export"
            please DOWNLOAD it
            Download, please.
            send me the video
            Please make an export
            make an export for me
            ok, export it now
            Thanks! Export it.
            give me the download link
            I like it a lot, thanks. Export it.
            I'd like to export my video
            Can you export it?
            can you export the video please
            Is the export ready?
            how do I download it?
            ＥＸＰＯＲＴ！
            That's great. Please render it again.
            导出
            导出。
            请帮我导出视频
            我要导出
            能不能导出？
            可以下载吗？
            把视频导出一下
            把视频发给我
            太好了，导出吧！
            怎么下载视频？
            導出影片
            """),
        ("Credits", """
            credits
            CREDITS?
            How many credits are left?
            How many credits did you use?
            how many credits did you use for the last edit
            how many credits does it cost to add music?
            what's my balance
            What’s my balance?
            Can you tell me how many credits I have?
            I want to know my balance
            tell me my credits
            check the account balance
            what does it cost?
            Hi! How much is left on my account?
            积分
            我的余额还有多少
            还剩多少积分？
            你用了多少积分？
            加音乐要多少积分？
            能告诉我还有多少积分吗？
            请问积分够吗？
            查一下余额
            多少钱？
            餘額？
            """),
        ("State", """
            status
            show tracks
            Show me the timeline
            what is the status of my job?
            What's the export status?
            how is the upload progress?
            give me a status update
            what did you change?
            What changes did you make?
            what has changed
            Is it done?
            is it done
            Did you add the music?
            Which edits were made?
            tell me what happened
            Can you tell me what you changed?
            done?
            how far are you?
            现在是什么状态？
            进度
            进度如何
            查看进度
            你改了什么？
            你都做了什么
            好了吗？
            换好了没
            视频完成了吗？
            能告诉我改了什么吗？
            显示轨道
            导出进度怎么样？
            """),
        ("Upload", """
            upload
            I want to upload another clip
            How do I upload a file?
            can I upload another photo?
            where can I upload my clip
            uploading?
            上传
            怎么上传文件？
            我想上传一张照片
            可以上传视频吗
            """),
        ("Message", """
            swap the face in my video with the face from this photo
            Swap the face with the one in the photo.
            add soft piano music
            ADD MUSIC
            please add music
            Add music!
            can you add music?
            Could you make it brighter?
            would you please remove the text
            Is it possible to add rain?
            make it brighter?
            make the background blue
            make it warmer
            I want the sky to be blue
            It should be darker.
            It is too dark. Make it brighter.
            The sky is too dark, can you brighten it?
            Thanks, now add music
            I don't like the sky, make it blue
            add music, but don't cut the end
            swap the face with the uploaded photo
            undo the last change
            can you undo it?
            downloading speed meter overlay
            add rolling credits at the end
            add a credits roll at the end
            add credits at the end
            add an upload button sticker
            make the status bar disappear
            add a progress bar
            remove the end credits
            add a title that says 'export'
            add a title that says “How many credits?”
            fix the white balance
            the exporter in the scene should wave
            balanced colours please
            warmer light
            black and white, please
            cinematic
            delete everything after the intro
            remove the title of the project
            黑白风格
            speed it up 1.5 times
            change what the man is holding
            把脸换成照片里的
            把脸换成照片里的。
            加一段音乐
            请加一段音乐，谢谢！
            能不能把背景换成蓝色?
            可以把背景换成蓝色吗？
            把背景换成蓝色好不好
            麻烦加点字幕
            把背景换成海边
            给视频加一个标题
            画面太暗了，调亮一点
            让画面更亮
            红色背景
            加一个进度条
            把进度条去掉
            添加一个上传按钮贴纸
            加一个写着“导出”的标题
            加上《积分》两个字
            去掉片尾字幕
            """),
        (Unclear, """
            export it and tell me the credits
            swap the face and export it
            add music. Then export.
            Don't export yet
            do not export
            don’t export yet, add music first
            why can't I export?
            export it in 4k
            make the export smaller
            make an export at the end
            speed up the export
            add 500 credits to my account
            add credits
            use my credits for the music
            change the upload
            remove the export from yesterday
            add a title that says export
            export or upload?
            how much are the credits and what is the status?
            What if you add music?
            Should I add music?
            why is the sky so dark?
            what can you do?
            who are you?
            can you hear me?
            Do you think it looks good?
            don't change anything
            Don't touch the music
            I don't want you to change the light
            please do not add any music
            you should not change the sky
            I like it
            I have a question
            I want a refund
            It is too dark
            thanks!
            hello
            do it
            hmm
            lol
            oops
            test
            asdf
            nevermind
            cool
            price
            interesting idea
            bad result
            my order 4712
            delete the job
            Delete everything.
            please remove my project
            哈哈
            测试
            删除任务
            "
            ...
            导出并告诉我积分
            先别导出
            不要导出，加一段音乐
            把脸换了，然后导出
            导出4K高清版
            积分和进度
            把人物的状态改成开心
            怎么把背景换成蓝色？
            加音乐好看吗？
            你是谁？
            为什么这么暗？
            不要改
            别加音乐
            这样可以吗？
            我有一个问题
            算了
            谢谢！
            你好
            """),
    ];

    public static TheoryData<string, string> Cases =>
        [.. Said.SelectMany(said => said.Texts.Split('\n'), (said, text) => (text.Trim(), said.Action))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Route_Words_AskForAnAction(string text, string action) => Assert.Equal(action, MessageRouter.Route(text)?.ToString() ?? Unclear);

    [Theory]
    [InlineData("")]
    [InlineData("\ud83d")]
    [InlineData("\ud83d\ude00")]
    public void Route_NoWords_AsksForNothing(string text) => Assert.Null(MessageRouter.Route(text));

    [Fact]
    public void Route_EditsWithAFreeActionBesideThem_AreNeverPaidFor()
    {
        string[] edits = ["add music", "make it brighter", "swap the face with this one", "warmer light", "把背景换成蓝色", "加一段音乐"];
        string[] free = ["export", "how many credits are left?", "show me the status", "upload a file", "导出", "还有多少积分？"];
        string[] joints = [", ", ". ", " and ", " then ", "\n", "，", "。", "；然后"];

        Assert.All(
            from edit in edits from other in free from joint in joints from text in new[] { edit + joint + other, other + joint + edit } select text,
            text => Assert.NotEqual(UserAction.Message, MessageRouter.Route(text)));
    }

    [Fact]
    public void Route_AnyWordsOfFreeActions_AreNeverPaidFor()
    {
        string[] names = ["export", "download", "credits", "balance", "status", "upload", "导出", "下载", "积分", "状态", "上传"];
        string[] fillers = ["please", "the", "my", "now", "thanks", "can you", "how many", "what is", "请", "我的", "吗", "?", ".", ",", "!", "\n", "？", "。", "😀"];
        Gen.Select(Gen.OneOf(names), Gen.OneOf([.. names, .. fillers]).Array[0, 12], Gen.Int[0, 12]).Sample(
            (name, words, place) => MessageRouter.Route(string.Join(' ', [.. words.Take(place), name, .. words.Skip(place)])) != UserAction.Message);
    }

    [Theory]
    [InlineData("add ")]
    [InlineData("don't export ")]
    [InlineData("\"a' ")]
    [InlineData("换成什么")]
    public void Route_LongestText_AnswersInTime(string words)
    {
        var text = string.Concat(Enumerable.Repeat(words, 2000 / words.Length));

        var started = TimeProvider.System.GetTimestamp();
        MessageRouter.Route(text);

        Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(2));
    }
}
