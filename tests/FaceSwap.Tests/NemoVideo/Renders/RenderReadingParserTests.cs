using System.Text.Json;
using FaceSwap.Errors;
using FaceSwap.NemoVideo.Renders;
using Xunit;

namespace FaceSwap.Tests.NemoVideo.Renders;

public sealed class RenderReadingParserTests
{
    [Theory]
    [InlineData("""{"status":"completed","output":{"url":"https://cdn/x.mp4"}}""", RenderStatus.Completed, null, "https://cdn/x.mp4")]
    [InlineData("""{"status":"pending"}""", RenderStatus.Pending, null, null)]
    [InlineData("""{"success":true,"data":{"id":"r","status":"processing","progress":41.7}}""", RenderStatus.Processing, 41, null)]
    [InlineData("""{"success":true,"data":{"status":"completed","progress":100,"outputUrl":"https://cdn/y.mp4"}}""", RenderStatus.Completed, 100, "https://cdn/y.mp4")]
    [InlineData("""{"success":true,"data":{"status":"failed"}}""", RenderStatus.Failed, null, null)]
    [InlineData("""{"status":"completed"}""", RenderStatus.Completed, null, null)]
    [InlineData("""{"data":"text","status":"pending"}""", RenderStatus.Pending, null, null)]
    [InlineData("""{"status":"queued","progress":"40"}""", RenderStatus.Pending, null, null)]
    [InlineData("""{"status":"completed","output":"https://cdn/x.mp4"}""", RenderStatus.Completed, null, null)]
    [InlineData("""{"status":"completed","output":{"url":7}}""", RenderStatus.Completed, null, null)]
    [InlineData("""{"status":"cancelled","outputUrl":null}""", RenderStatus.Failed, null, null)]
    public void Parse_EitherShape_ReadsTheSame(string answer, RenderStatus status, int? progress, string? address)
    {
        using var document = JsonDocument.Parse(answer);

        Assert.Equal(new RenderReading(status, progress, address), RenderReadingParser.Parse(document.RootElement));
    }

    [Theory]
    [InlineData("1000", "31500", 30.5)]
    [InlineData("1000", "1001", 0.001)]
    [InlineData("1000", "1000", null)]
    [InlineData("31500", "1000", null)]
    [InlineData("1000", "null", null)]
    [InlineData("\"1000\"", "31500", null)]
    [InlineData("1000", "1e30", null)]
    public void Parse_Times_TellHowLongItTook_WhereTheyMakeSense(string created, string completed, double? seconds)
    {
        using var document = JsonDocument.Parse($$"""{"status":"completed","createdAt":{{created}},"completedAt":{{completed}}}""");

        Assert.Equal(seconds, RenderReadingParser.Parse(document.RootElement).Duration?.TotalSeconds);
    }

    [Theory]
    [InlineData("""{"status":"dreaming"}""")]
    [InlineData("""{"state":"pending"}""")]
    public void Parse_NoKnownStatus_SaysSo(string answer)
    {
        using var document = JsonDocument.Parse(answer);

        Assert.Equal("The backend answered a render without a known status.", Assert.Throws<FaceSwapException>(() => RenderReadingParser.Parse(document.RootElement)).Message);
    }

    [Fact]
    public void Parse_UnknownStatus_IsABackendFailure()
    {
        using var document = JsonDocument.Parse("""{"status":"dreaming"}""");

        Assert.Equal(ErrorCodes.BackendUnavailable, Assert.Throws<FaceSwapException>(() => RenderReadingParser.Parse(document.RootElement)).Code);
    }
}
