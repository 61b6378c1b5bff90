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
    [InlineData("""{"t":{"sg":[{}]}}""", false)]
    [InlineData("""{"t":[{"sg":{"0":{}}}]}""", false)]
    [InlineData("""{"t":["sg"]}""", false)]
    public void Read_Draft_IsExportableWithASegment(string draft, bool exportable) => Assert.Equal(exportable, Read(draft).IsExportable);

    [Theory]
    [InlineData("""{"a":1,"b":[1,2]}""", """{ "b" : [1, 2], "a" : 1 }""", true)]
    [InlineData("""{"a":1}""", """{"a":2}""", false)]
    [InlineData("""{"a":[1,2]}""", """{"a":[2,1]}""", false)]
    [InlineData("""{"a":"\u0041"}""", """{"a":"A"}""", true)]
    [InlineData("{}", "null", false)]
    public void Hash_TwoDrafts_IsEqualWhenTheyMeanTheSame(string first, string second, bool same) =>
        Assert.Equal(same, Read(first).Hash == Read(second).Hash);

    // Hashes are kept in intents: those of an earlier version must still mean the same.
    [Fact]
    public void Hash_OfADraft_IsTheSameInEveryVersion() => Assert.Equal(
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("""[{"a":[1.50,{"c":null,"d":"x"}],"b":true},[]]"""u8)),
        Read("""{"b":true,"a":[1.50,{"d":"x","c":null}]}""").Hash);

    [Fact]
    public void Read_StateWithoutADraft_IsEmpty()
    {
        using var document = JsonDocument.Parse("""{"data":{"state":{}}}""");

        var state = SessionStateReader.Read(document.RootElement);

        Assert.Equal((0, false, 0), (state.Draft.Length, state.IsExportable, state.FileNames.Count));
    }

    [Fact]
    public void Hash_GeneratedMedia_CountsToo() => Assert.NotEqual(Read("{}", "[]").Hash, Read("{}", """[{"id":"m1"}]""").Hash);

    [Fact]
    public void Read_FileNames_AreThoseOfTheVideoInfos()
    {
        var state = Read("{}", videos: """[{"filename":"video.mp4"},{"other":1},{"filename":7},{"filename":""},{"filename":"face.jpg"}]""");

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
