using FaceSwap.Conversation;
using Xunit;

namespace FaceSwap.Tests.Conversation;

public sealed class MessageRouterTests
{
    [Theory]
    [InlineData("export", UserAction.Export)]
    [InlineData("Export!", UserAction.Export)]
    [InlineData("please DOWNLOAD it", UserAction.Export)]
    [InlineData("download", UserAction.Export)]
    [InlineData("send me the video", UserAction.Export)]
    [InlineData("导出", UserAction.Export)]
    [InlineData("请帮我导出视频", UserAction.Export)]
    [InlineData("credits", UserAction.Credits)]
    [InlineData("How many credits are left?", UserAction.Credits)]
    [InlineData("what's my balance", UserAction.Credits)]
    [InlineData("积分", UserAction.Credits)]
    [InlineData("我的余额还有多少", UserAction.Credits)]
    [InlineData("status", UserAction.State)]
    [InlineData("show tracks", UserAction.State)]
    [InlineData("Show me the timeline", UserAction.State)]
    [InlineData("现在是什么状态？", UserAction.State)]
    [InlineData("upload", UserAction.Upload)]
    [InlineData("I want to upload another clip", UserAction.Upload)]
    [InlineData("上传", UserAction.Upload)]
    [InlineData("swap the face in my video with the face from this photo", UserAction.Message)]
    [InlineData("add music", UserAction.Message)]
    [InlineData("downloading speed meter overlay", UserAction.Message)]
    [InlineData("add rolling credits at the end", UserAction.Message)]
    [InlineData("make the status bar disappear", UserAction.Message)]
    [InlineData("the exporter in the scene should wave", UserAction.Message)]
    [InlineData("balanced colours please", UserAction.Message)]
    [InlineData("warmer light", UserAction.Message)]
    [InlineData("把背景换成海边", UserAction.Message)]
    [InlineData("给视频加一个标题", UserAction.Message)]
    [InlineData("", UserAction.Message)]
    public void Route_Words_AskForAnAction(string text, UserAction action) => Assert.Equal(action, MessageRouter.Route(text));

    [Fact]
    public void Route_AnyText_AnswersInTime()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        const string Alphabet = "export download credits 导出积分 \t\n.,;\u0000\ud83d\ude00abcxyz";
        for (var i = 0; i < 2000; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(0, 400)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]);

            Assert.True(Enum.IsDefined(MessageRouter.Route(text)), $"seed {seed}");
            Assert.True(AgentTextTranslator.Translate(text).Length <= 2001, $"seed {seed}");
        }
    }
}
