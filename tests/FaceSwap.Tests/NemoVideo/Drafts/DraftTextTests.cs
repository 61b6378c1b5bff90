using System.Text;
using FaceSwap.NemoVideo.Drafts;
using Xunit;

namespace FaceSwap.Tests.NemoVideo.Drafts;

public sealed class DraftTextTests
{
    private const string City =
        """{"t":[{"tt":0,"sg":[{"d":10000,"m":{"title":"city timelapse"}}]},{"tt":1,"sg":[{"d":10000,"vol":0.35,"m":{"title":"Lo-fi"}}]},{"tt":7,"sg":[{"d":3000,"m":{"title":"Urban Dreams"}}]}]}""";

    [Fact]
    public void Summarize_DocumentedExample_ReadsAsDocumented() =>
        Assert.Equal(
            "Timeline (3 tracks): 1. Video: city timelapse (0-10s) 2. BGM: Lo-fi (0-10s, 35%) 3. Title: \"Urban Dreams\" (0-3s)",
            DraftText.Summarize(Read(City)));

    [Theory]
    [InlineData("null", "Timeline (empty)")]
    [InlineData("{}", "Timeline (empty)")]
    [InlineData("""{"t":[{"tt":0,"sg":[{"d":1500},{"d":2000}]}]}""", "Timeline (1 track): 1. Video: (0-1.5s), (1.5-3.5s)")]
    [InlineData("""{"t":[{"tt":3,"sg":[]}]}""", "Timeline (1 track): 1. Track: ")]
    [InlineData("""{"t":"none"}""", "Timeline (empty)")]
    [InlineData("", "Timeline (empty)")]
    [InlineData("""{"t":[{"tt":0,"sg":[{"d":1000,"st":5000,"txt":"late"},{"d":1000}]}]}""", "Timeline (1 track): 1. Video: late (5-6s), (6-7s)")]
    [InlineData("""{"t":[{"sg":[{"d":-1,"m":{"title":7},"txt":7}]}]}""", "Timeline (1 track): 1. Track: (0-0s)")]
    [InlineData("""{"t":[{"tt":1,"sg":[{"d":1000,"vol":0.005}]}]}""", "Timeline (1 track): 1. BGM: (0-1s, 0%)")]
    public void Summarize_OddDraft_IsSaidInWords(string draft, string summary) => Assert.Equal(summary, DraftText.Summarize(Read(draft)));

    [Fact]
    public void Compare_EditedDraft_NamesWhatChanged()
    {
        var before = Read("""{"t":[{"tt":0,"sg":[{"d":4000,"m":{"title":"clip"},"src":"a"}]},{"tt":1,"sg":[{"d":1000}]}]}""");
        var after = Read("""{"t":[{"tt":0,"sg":[{"d":4000,"m":{"title":"clip"},"src":"b"},{"d":1000}]},{"tt":7,"sg":[{"d":3000,"m":{"title":"New"}}]}]}""");

        Assert.Equal(
            [
                "video segment replaced: clip (0-4s)",
                "video segment added: (4-5s)",
                "removed track: BGM",
                "added track: Title \"New\" (0-3s)",
            ],
            DraftText.Compare(before, after));
    }

    [Fact]
    public void Compare_SameDraft_FindsNothing() => Assert.Empty(DraftText.Compare(Read(City), Read(City)));

    [Fact]
    public void Compare_SegmentsThatAreGone_NamesThem()
    {
        var before = Read("""{"t":[{"tt":1,"sg":[{"d":1000,"m":{"title":"a"}},{"d":1000,"m":{"title":"b"}}]}]}""");

        Assert.Equal(["bgm segment removed: b (1-2s)"], DraftText.Compare(before, Read("""{"t":[{"tt":1,"sg":[{"d":1000,"m":{"title":"a"}}]}]}""")));
    }

    [Theory]
    [InlineData(20, 20, null)]
    [InlineData(21, 20, "and 2 more changes")]
    [InlineData(50, 20, "and 31 more changes")]
    public void Compare_ManyChanges_AreCountedWhereTheyAreNotListed(int changes, int sentences, string? last)
    {
        var said = DraftText.Compare([], Read($$"""{"t":[{{string.Join(',', Enumerable.Repeat("""{"tt":7,"sg":[]}""", changes))}}]}"""));

        Assert.Equal((sentences, last ?? "added track: Title"), (said.Count, said[^1]));
    }

    [Theory]
    [InlineData(20, false)]
    [InlineData(21, true)]
    public void Summarize_ManyTracks_CountsThoseThatItDoesNotList(int tracks, bool isCut)
    {
        var draft = Read($$"""{"t":[{{string.Join(',', Enumerable.Repeat("""{"tt":0,"sg":[{"d":1000}]}""", tracks))}}]}""");

        Assert.Equal(isCut, DraftText.Summarize(draft).EndsWith("20. Video: (0-1s) … and 1 more", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(80, "Title: \"{0}\" (0-1s)")]
    [InlineData(81, "Title: \"{0}…\" (0-1s)")]
    public void Summarize_LongName_IsCut(int length, string shown)
    {
        var summary = DraftText.Summarize(Read($$$"""{"t":[{"tt":7,"sg":[{"d":1000,"m":{"title":"{{{new string('a', length)}}}"}}]}]}"""));

        Assert.EndsWith(shown.Replace("{0}", new string('a', 80), StringComparison.Ordinal), summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Summarize_TwentyCaptions_ListsThemAll()
    {
        var captions = string.Join(',', Enumerable.Range(1, 20).Select(_ => """{"d":1000}"""));

        Assert.EndsWith("(19-20s)", DraftText.Summarize(Read($$"""{"t":[{"tt":7,"sg":[{{captions}}]}]}""")), StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_VeryManyChanges_IsBounded()
    {
        var many = Read($$"""{"t":[{{string.Join(',', Enumerable.Range(0, 50).Select(_ => """{"tt":7,"sg":[]}"""))}}]}""");

        Assert.Equal(20, DraftText.Compare([], many).Count);
    }

    [Fact]
    public void Summarize_AHundredCaptions_ListsTwentyAndCountsTheRest()
    {
        var captions = string.Join(',', Enumerable.Range(1, 100).Select(number => $$$"""{"d":1000,"m":{"title":"caption {{{number}}}"}}"""));

        var summary = DraftText.Summarize(Read($$"""{"t":[{"tt":7,"sg":[{{captions}}]}]}"""));

        Assert.Contains("\"caption 20\" (19-20s) … and 80 more", summary, StringComparison.Ordinal);
        Assert.DoesNotContain("caption 21", summary, StringComparison.Ordinal);
    }

    private static IReadOnlyList<DraftTrack> Read(string draft) => DraftReader.Read(Encoding.UTF8.GetBytes(draft));
}
