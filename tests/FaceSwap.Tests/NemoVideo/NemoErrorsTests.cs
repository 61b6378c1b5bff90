using FaceSwap.Errors;
using FaceSwap.NemoVideo;
using Xunit;

namespace FaceSwap.Tests.NemoVideo;

public sealed class NemoErrorsTests
{
    [Theory]
    [InlineData(200, 1001, ErrorCodes.TokenExpired)]
    [InlineData(401, 1010, ErrorCodes.TokenExpired)]
    [InlineData(401, 0, ErrorCodes.TokenExpired)]
    [InlineData(200, 1002, ErrorCodes.SessionLost)]
    [InlineData(402, 2001, ErrorCodes.InsufficientCredits)]
    [InlineData(200, 4001, ErrorCodes.UnsupportedFormat)]
    [InlineData(413, 0, ErrorCodes.MediaTooLarge)]
    [InlineData(200, 402, ErrorCodes.ExportNotAllowed)]
    [InlineData(402, 0, ErrorCodes.ExportNotAllowed)]
    [InlineData(429, 0, ErrorCodes.RateLimited)]
    [InlineData(200, 429, ErrorCodes.RateLimited)]
    [InlineData(503, 0, ErrorCodes.BackendUnavailable)]
    [InlineData(404, 0, ErrorCodes.BackendRefused)]
    [InlineData(200, 777, ErrorCodes.BackendRefused)]
    [InlineData(503, 777, ErrorCodes.BackendUnavailable)]
    [InlineData(500, 1002, ErrorCodes.SessionLost)]
    [InlineData(408, 0, ErrorCodes.BackendUnavailable)]
    [InlineData(200, 500, ErrorCodes.BackendUnavailable)]
    [InlineData(200, 599, ErrorCodes.BackendUnavailable)]
    [InlineData(200, 600, ErrorCodes.BackendRefused)]
    [InlineData(300, 0, ErrorCodes.BackendRefused)]
    [InlineData(199, 0, ErrorCodes.BackendRefused)]
    public void Of_CodeOrStatus_IsTheProductsOwnCode(int status, int code, string expected) =>
        Assert.Equal(expected, NemoErrors.Of(status, code, null)?.Code);

    [Theory]
    [InlineData(200, 399, false)]
    [InlineData(200, 400, true)]
    [InlineData(200, 408, false)]
    [InlineData(200, 499, true)]
    [InlineData(200, 500, false)]
    [InlineData(399, 0, false)]
    [InlineData(400, 0, true)]
    [InlineData(408, 400, false)]
    [InlineData(499, 0, true)]
    [InlineData(500, 400, false)]
    public void Proof_ThatNothingRan_IsAStatusOfThe400s(int status, int code, bool proves) =>
        Assert.Equal(proves, NemoErrors.ProvesThatNothingRan(status, code));

    [Fact]
    public void Of_Success_IsNull() => Assert.Null(NemoErrors.Of(200, 0, null));
}
