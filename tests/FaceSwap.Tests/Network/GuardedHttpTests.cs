using System.Net;
using FaceSwap.Errors;
using FaceSwap.Network;
using Microsoft.Extensions.Options;
using Xunit;

namespace FaceSwap.Tests.Network;

public sealed class GuardedHttpTests
{
    private const string Start = "https://media.example/folder/clip.mp4";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public Task Get_Redirect_IsFollowedByAnotherGet(int status) =>
        IsFollowedAsync(status, Start, "https://other.example/clip.mp4", "https://other.example/clip.mp4");

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(300)]
    [InlineData(304)]
    [InlineData(305)]
    [InlineData(306)]
    [InlineData(404)]
    [InlineData(503)]
    public async Task Get_OtherAnswerWithALocation_IsTheAnswer(int status)
    {
        using var world = Redirecting(status, "https://other.example/clip.mp4");

        using var response = await GetAsync(world, Start);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Single(world.Requests);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Get_RedirectThatNamesNoPlace_IsTheAnswer(int status)
    {
        using var world = new ScriptedHandler((HttpStatusCode)status);

        using var response = await GetAsync(world, Start);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Single(world.Requests);
    }

    [Fact]
    public async Task Get_ThreeRedirects_AreFollowed()
    {
        using var world = new ScriptedHandler(request => request.RequestUri!.Query == "?3" ? new HttpResponseMessage(HttpStatusCode.OK) : Redirect(request));

        using var response = await GetAsync(world, $"{Start}?0");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([$"GET {Start}?0", $"GET {Start}?1", $"GET {Start}?2", $"GET {Start}?3"], world.Requests);
    }

    [Fact]
    public async Task Get_FourthRedirect_EndsInAnError()
    {
        using var world = new ScriptedHandler(Redirect);

        var failure = await Assert.ThrowsAsync<FaceSwapException>(() => GetAsync(world, $"{Start}?0"));

        Assert.Equal(ErrorCodes.MediaUnreachable, failure.Code);
        Assert.Equal("The address redirects more than three times.", failure.Message);
        Assert.Equal(4, world.Requests.Count);
    }

    [Theory]
    [InlineData("//")]
    [InlineData("//[")]
    public async Task Get_RedirectToNoAddress_EndsInAnError(string location)
    {
        using var world = Redirecting(302, location);

        var failure = await Assert.ThrowsAsync<FaceSwapException>(() => GetAsync(world, Start));

        Assert.Equal(ErrorCodes.MediaUnreachable, failure.Code);
        Assert.Equal("The address redirects to what is no address.", failure.Message);
    }

    [Theory]
    [InlineData("other.mp4", "https://media.example/folder/other.mp4")]
    [InlineData("/other.mp4?sig=a", "https://media.example/other.mp4?sig=a")]
    [InlineData("../up.mp4", "https://media.example/up.mp4")]
    [InlineData("//cdn.example/clip.mp4", "https://cdn.example/clip.mp4")]
    [InlineData("?again", "https://media.example/folder/clip.mp4?again")]
    public Task Get_RelativeRedirect_IsFollowedFromWhereItWasGiven(string location, string expected) => IsFollowedAsync(302, Start, location, expected);

    [Theory]
    [InlineData("http://media.example/clip.mp4", "https://media.example/clip.mp4")]
    [InlineData("http://media.example/clip.mp4", "http://other.example/clip.mp4")]
    [InlineData("https://media.example/clip.mp4", "https://other.example/clip.mp4")]
    public Task Get_RedirectThatLosesNoEncryption_IsFollowed(string from, string to) => IsFollowedAsync(302, from, to, to);

    [Theory]
    [InlineData(Start, "http://media.example/clip.mp4", "The address redirects from https to a scheme without encryption.")]
    [InlineData(Start, "ftp://media.example/clip.mp4", "The address redirects from https to a scheme without encryption.")]
    [InlineData("http://media.example/clip.mp4", "ftp://media.example/clip.mp4", "Only http and https addresses are fetched.")]
    [InlineData("http://media.example/clip.mp4", "http://127.0.0.1/clip.mp4", "The address leads to a place that is not public.")]
    [InlineData(Start, "https://169.254.169.254/latest/meta-data", "The address leads to a place that is not public.")]
    [InlineData(Start, "https://user:password@media.example/clip.mp4", "The address must not carry a user name or a password.")]
    public async Task Get_RedirectToWhereNoCallerMayLead_IsRefusedAndNotFollowed(string from, string to, string why)
    {
        using var world = Redirecting(302, to);

        var failure = await Assert.ThrowsAsync<FaceSwapException>(() => GetAsync(world, from));

        Assert.Equal(ErrorCodes.AddressRefused, failure.Code);
        Assert.Equal(why, failure.Message);
        Assert.Equal([$"GET {from}"], world.Requests);
    }

    [Fact]
    public async Task Get_AddressThatIsNotPublic_IsRefusedWithoutARequest()
    {
        using var world = new ScriptedHandler(HttpStatusCode.OK);

        var failure = await Assert.ThrowsAsync<FaceSwapException>(() => GetAsync(world, "http://10.0.0.1/clip.mp4"));

        Assert.Equal(ErrorCodes.AddressRefused, failure.Code);
        Assert.Empty(world.Requests);
    }

    [Fact]
    public async Task Get_RedirectThatIsFollowed_FreesTheConnectionOfTheFirstAnswer()
    {
        var redirect = new HttpResponseMessage(HttpStatusCode.Redirect)
        {
            Headers = { Location = new Uri("https://other.example/") },
            Content = new StringContent("moved"),
        };
        using var world = new ScriptedHandler(request => request.RequestUri!.Host == "other.example"
            ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("clip") }
            : redirect);

        using var response = await GetAsync(world, Start);

        Assert.Equal("clip", await response.Content.ReadAsStringAsync(Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => redirect.Content.ReadAsStringAsync(Token));
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, "The address could not be reached (NameResolutionError).")]
    [InlineData(HttpRequestError.SecureConnectionError, "The address could not be reached (SecureConnectionError).")]
    public async Task Send_ConnectionThatFails_IsUnreachable(HttpRequestError error, string why)
    {
        using var world = new ScriptedHandler(_ => throw new HttpRequestException(error));

        var failure = await Assert.ThrowsAsync<FaceSwapException>(() => SendAsync(world, Token));

        Assert.Equal(ErrorCodes.MediaUnreachable, failure.Code);
        Assert.Equal(why, failure.Message);
        Assert.IsType<HttpRequestException>(failure.InnerException);
    }

    [Fact]
    public async Task Send_ConnectionThatTheGuardRefuses_IsRefusedForItsReason()
    {
        using var world = new ScriptedHandler(_ => throw new HttpRequestException(
            "The connection failed.", new FaceSwapException(ErrorCodes.AddressRefused, "The address leads to a place that is not public.")));

        var failure = await Assert.ThrowsAsync<FaceSwapException>(() => SendAsync(world, Token));

        Assert.Equal(ErrorCodes.AddressRefused, failure.Code);
        Assert.Equal("The address leads to a place that is not public.", failure.Message);
        Assert.IsType<HttpRequestException>(failure.InnerException);
    }

    [Fact]
    public async Task Send_ConnectionThatTakesTooLong_IsUnreachable()
    {
        using var world = new ScriptedHandler(_ => throw new TaskCanceledException("A limit of the connection."));

        var failure = await Assert.ThrowsAsync<FaceSwapException>(() => SendAsync(world, Token));

        Assert.Equal(ErrorCodes.MediaUnreachable, failure.Code);
        Assert.Equal("The address did not answer in time.", failure.Message);
    }

    [Fact]
    public async Task Send_CallerThatStops_IsNotAFailureOfTheAddress()
    {
        using var stop = new CancellationTokenSource();
        using var world = new ScriptedHandler(async (_, cancellation) =>
        {
            await stop.CancelAsync();
            throw new TaskCanceledException("The caller stopped.", null, cancellation);
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SendAsync(world, stop.Token));
    }

    [Fact]
    public async Task Send_Redirect_IsTheAnswer()
    {
        using var world = Redirecting(302, "https://other.example/");

        using var response = await SendAsync(world, Token);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Single(world.Requests);
    }

    private static async Task IsFollowedAsync(int status, string from, string location, string expected)
    {
        using var world = Redirecting(status, location);

        using var response = await GetAsync(world, from);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([$"GET {from}", $"GET {expected}"], world.Requests);
    }

    private static GuardedHttp Http(ScriptedHandler world) => new(world, new AddressGuard(Options.Create(new NetworkOptions())));

    private static Task<HttpResponseMessage> GetAsync(ScriptedHandler world, string address) => Http(world).GetAsync(new Uri(address), Token);

    private static async Task<HttpResponseMessage> SendAsync(ScriptedHandler world, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Start);
        return await Http(world).SendAsync(request, cancellationToken);
    }

    /// <summary>Answers the first request with a status and a place, every later one with 200.</summary>
    private static ScriptedHandler Redirecting(int status, string location)
    {
        var requests = 0;
        return new ScriptedHandler(_ => ++requests > 1
            ? new HttpResponseMessage(HttpStatusCode.OK)
            : new HttpResponseMessage((HttpStatusCode)status) { Headers = { Location = new Uri(location, UriKind.RelativeOrAbsolute) } });
    }

    /// <summary>Redirects from "?n" to "?n+1".</summary>
    private static HttpResponseMessage Redirect(HttpRequestMessage request) => new(HttpStatusCode.Redirect)
    {
        Headers = { Location = new Uri($"?{int.Parse(request.RequestUri!.Query[1..]) + 1}", UriKind.Relative) },
    };
}
