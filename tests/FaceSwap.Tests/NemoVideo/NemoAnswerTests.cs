using System.Net;
using System.Text.Json;
using FaceSwap.Errors;
using FaceSwap.NemoVideo;
using FaceSwap.Testing.Time;
using Xunit;

namespace FaceSwap.Tests.NemoVideo;

/// <summary>What an answer of the backend says, and how long it asks to wait.</summary>
public sealed class NemoAnswerTests
{
    private readonly FakeClock _clock = new();

    [Fact]
    public async Task Read_OfWhatIsNoJson_SaysSo()
    {
        var failure = await FailureAsync(new HttpResponseMessage { Content = new StringContent("<html>") });

        Assert.Equal((ErrorCodes.BackendUnavailable, "The backend answered something that is no JSON."), (failure.Code, failure.Message));
    }

    [Theory]
    [InlineData("7", 7.0)]
    [InlineData("0", null)]
    [InlineData("Thu, 01 Jan 2026 00:00:09 GMT", 9.0)]
    [InlineData("Thu, 01 Jan 2026 00:00:00 GMT", null)]
    [InlineData("Wed, 31 Dec 2025 23:59:59 GMT", null)]
    public async Task Read_OfARefusal_KeepsTheWaitThatItAsksFor(string retryAfter, double? seconds)
    {
        var response = new HttpResponseMessage(HttpStatusCode.TooManyRequests) { Content = new StringContent("{}"), Headers = { { "Retry-After", retryAfter } } };

        Assert.Equal(seconds, (await FailureAsync(response)).RetryAfter?.TotalSeconds);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"code":"1001"}""")]
    [InlineData("""{"code":1.5}""")]
    public async Task Read_OfACodeThatIsNone_IsNoFailure(string body)
    {
        using var answer = await NemoAnswer.ReadAsync(new HttpResponseMessage { Content = new StringContent(body) }, _clock, TestContext.Current.CancellationToken);

        Assert.NotEqual(JsonValueKind.Undefined, answer.RootElement.ValueKind);
    }

    [Fact]
    public async Task Read_OfAnotherShape_IsNoDefect()
    {
        using var answer = await NemoAnswer.ReadAsync(new HttpResponseMessage { Content = new StringContent("{}") }, _clock, TestContext.Current.CancellationToken);

        var failure = Assert.Throws<FaceSwapException>(() => answer.Read(root => root.GetProperty("data").GetString()));

        Assert.Equal((ErrorCodes.BackendUnavailable, "The backend's answer has another shape than documented."), (failure.Code, failure.Message));
    }

    private Task<FaceSwapException> FailureAsync(HttpResponseMessage response) =>
        Assert.ThrowsAsync<FaceSwapException>(() => NemoAnswer.ReadAsync(response, _clock, TestContext.Current.CancellationToken));
}
