using CsCheck;
using FaceSwap.Conversation;
using Xunit;

namespace FaceSwap.Tests.Conversation;

public sealed class AgentTextTranslatorTests
{
    [Theory]
    [InlineData("I swapped the face in your video.", "I swapped the face in your video.")]
    [InlineData("Done! Click Export to save it.", "Done! The video is exported automatically.")]
    [InlineData("Click the Export button in the top right corner.", "The video is exported automatically.")]
    [InlineData("Open the effects panel to fine-tune.", "")]
    [InlineData("Drag the clip to the start. The clip lasts 3.5 seconds.", "The clip lasts 3.5 seconds.")]
    [InlineData("You can preview in the timeline.", "")]
    [InlineData("Please check your account for credits.", "The credits can be read from the API.")]
    [InlineData("The light is warm. I encountered a temporary issue.", "The light is warm.")]
    [InlineData("换脸完成。点击导出按钮保存。", "换脸完成。 视频会自动导出。")]
    [InlineData("打开特效面板。画面更暖了。", "画面更暖了。")]
    [InlineData("拖拽片段到开头。", "")]
    [InlineData("The man opens a window and looks outside.", "The man opens a window and looks outside.")]
    [InlineData("Added \"Urban Dreams\" (0-3s).", "Added \"Urban Dreams\" (0-3s).")]
    [InlineData("", "")]
    public void Translate_ScreenInstruction_IsReplacedOrDropped(string said, string shown) =>
        Assert.Equal(shown, AgentTextTranslator.Translate(said));

    [Fact]
    public void Translate_AnyOrderOfSentences_KeepsWhatIsNoInstructionOnce()
    {
        (string Said, string Shown)[] sentences =
        [
            ("The clip lasts 3.5 seconds.", "The clip lasts 3.5 seconds."),
            ("A man opens a window!", "A man opens a window!"),
            ("画面更暖了。", "画面更暖了。"),
            ("Tap the panel on the left.", ""),
            ("Check the timeline view.", ""),
            ("打开特效面板。", ""),
            ("Press Download now.", "The video is exported automatically."),
            ("See your dashboard.", "The credits can be read from the API."),
            ("请查看账户。", "积分可通过接口查询。"),
        ];
        Gen.Select(Gen.OneOf(sentences).Array[0, 12], Gen.OneOf(" ", "\n", "\r\n")).Sample((said, between) =>
            AgentTextTranslator.Translate(string.Join(between, said.Select(sentence => sentence.Said)))
            == string.Join(' ', said.Select(sentence => sentence.Shown).Where(shown => shown.Length > 0).Distinct()));
    }

    [Theory]
    [InlineData(2000)]
    [InlineData(2001)]
    public void Translate_LongText_IsCutAtTwoThousandCharacters(int length)
    {
        var text = new string('a', length);

        Assert.Equal(length == 2000 ? text : $"{text[..2000]}…", AgentTextTranslator.Translate(text));
    }

    [Fact]
    public void ToString_PiecesFollowedByTheWhole_CountOnce()
    {
        var text = new AgentText();
        text.Add("I swap", isPartial: true);
        text.Add("ped it.", isPartial: true);
        text.Add("I swapped it.", isPartial: false);
        text.Add(" And mo", isPartial: true);

        Assert.Equal("I swapped it. And mo", text.ToString());
    }

    [Fact]
    public void ToString_EndlessText_IsBounded()
    {
        var text = new AgentText();
        for (var i = 0; i < 100; i++)
        {
            text.Add(new string('a', 1024), isPartial: false);
        }

        Assert.Equal(16 * 1024, text.ToString().Length);
    }
}
