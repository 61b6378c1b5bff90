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
    public void Parse_EitherShape_ReadsTheSame(string answer, RenderStatus status, int? progress, string? address)
    {
        using var document = JsonDocument.Parse(answer);

        Assert.Equal(new RenderReading(status, progress, address), RenderReadingParser.Parse(document.RootElement));
    }

    [Fact]
    public void Parse_UnknownStatus_IsABackendFailure()
    {
        using var document = JsonDocument.Parse("""{"status":"dreaming"}""");

        Assert.Equal(ErrorCodes.BackendUnavailable, Assert.Throws<FaceSwapException>(() => RenderReadingParser.Parse(document.RootElement)).Code);
    }
}
