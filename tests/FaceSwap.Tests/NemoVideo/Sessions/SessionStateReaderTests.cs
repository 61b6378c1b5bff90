using System.Text;
using System.Text.Json;
using FaceSwap.Errors;
using FaceSwap.NemoVideo.Sessions;
using Xunit;

namespace FaceSwap.Tests.NemoVideo.Sessions;

public sealed class SessionStateReaderTests
{
    [Fact]
    public void Read_Draft_KeepsEveryByte()
    {
        const string Draft = """{"t" : [ {"tt":0,"sg":[{"d":1.50,"id":12345678901234567890,"e":1e2,"n":"\u00e4\/"}]} ],  "x":0.1000000000000000055}""";

        var state = Read(Draft);

        Assert.Equal(Draft, Encoding.UTF8.GetString(state.Draft.Span));
        Assert.True(state.IsExportable);
    }

    [Theory]
    [InlineData("null", false)]
    [InlineData("{}", false)]
    [InlineData("""{"t":[]}""", false)]
    [InlineData("""{"t":[{"sg":[]}]}""", false)]
    [InlineData("""{"t":[{"tt":1},{"sg":[{}]}]}""", true)]
    public void Read_Draft_IsExportableWithASegment(string draft, bool exportable) => Assert.Equal(exportable, Read(draft).IsExportable);

    [Theory]
    [InlineData("""{"a":1,"b":[1,2]}""", """{ "b" : [1, 2], "a" : 1 }""", true)]
    [InlineData("""{"a":1}""", """{"a":2}""", false)]
    [InlineData("""{"a":[1,2]}""", """{"a":[2,1]}""", false)]
    [InlineData("""{"a":"\u0041"}""", """{"a":"A"}""", true)]
    [InlineData("{}", "null", false)]
    public void Hash_TwoDrafts_IsEqualWhenTheyMeanTheSame(string first, string second, bool same) =>
        Assert.Equal(same, Read(first).Hash == Read(second).Hash);

    [Fact]
    public void Hash_GeneratedMedia_CountsToo() => Assert.NotEqual(Read("{}", "[]").Hash, Read("{}", """[{"id":"m1"}]""").Hash);

    [Fact]
    public void Read_FileNames_AreThoseOfTheVideoInfos()
    {
        var state = Read("{}", videos: """[{"filename":"video.mp4"},{"other":1},{"filename":"face.jpg"}]""");

        Assert.Equal(["video.mp4", "face.jpg"], state.FileNames);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"data":null}""")]
    [InlineData("""{"data":{"state":[]}}""")]
    public void Read_AnswerWithoutState_IsABackendFailure(string answer)
    {
        using var document = JsonDocument.Parse(answer);

        Assert.Equal(ErrorCodes.BackendUnavailable, Assert.Throws<FaceSwapException>(() => SessionStateReader.Read(document.RootElement)).Code);
    }

    private static SessionState Read(string draft, string generated = "[]", string videos = "[]")
    {
        using var document = JsonDocument.Parse(
            $$$"""{"code":0,"data":{"state":{"draft":{{{draft}}},"generated_media":{{{generated}}},"video_infos":{{{videos}}} } } }""");
        return SessionStateReader.Read(document.RootElement);
    }
}
