using System.Net;
using System.Net.Sockets;
using System.Text;
using FaceSwap.Errors;
using FaceSwap.Network;
using FaceSwap.Tests.Product;
using Microsoft.Extensions.Options;
using Xunit;

namespace FaceSwap.Tests.Network;

/// <summary>Where a name leads is decided when the connection is made: over real sockets of this machine.</summary>
public sealed class GuardedConnectionTests : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public GuardedConnectionTests() => _listener.Start();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    private Uri ByName => new($"http://localhost:{Port}/clip.mp4");

    [Fact]
    public async Task Get_NameThatLeadsToAnAllowedPlace_IsAnswered()
    {
        using var product = new TestProduct(settings: [("Network:AllowedRanges", "127.0.0.0/8")]);
        var server = AnswerAsync("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nclip");

        using var response = await product.Get<GuardedHttp>().GetAsync(ByName, Token);

        Assert.Equal("clip", await response.Content.ReadAsStringAsync(Token));
        Assert.StartsWith($"GET /clip.mp4 HTTP/1.1\r\nHost: localhost:{Port}\r\n", await server, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_NameThatLeadsToNoPublicPlace_IsRefusedWithoutAConnection()
    {
        using var product = new TestProduct(settings: [("Network:AllowedRanges", "")]);

        var failure = await Assert.ThrowsAsync<FaceSwapException>(() => product.Get<GuardedHttp>().GetAsync(ByName, Token));

        Assert.Equal(ErrorCodes.AddressRefused, failure.Code);
        Assert.Equal("The address leads to a place that is not public.", failure.Message);
        Assert.False(_listener.Pending());
    }

    /// <summary>However many addresses the name has: none but those of the range are tried.</summary>
    [Theory]
    [InlineData("::1/128")]
    [InlineData("127.0.0.2/32")]
    [InlineData("10.0.0.0/8")]
    public async Task Get_NameThatLeadsElsewhereThanIsAllowed_MakesNoConnectionThere(string allowed)
    {
        using var product = new TestProduct(settings: [("Network:AllowedRanges", allowed)]);

        await Assert.ThrowsAsync<FaceSwapException>(() => product.Get<GuardedHttp>().GetAsync(ByName, Token));

        Assert.False(_listener.Pending());
    }

    [Fact]
    public async Task Send_RedirectOverAConnection_IsNotFollowedByTheConnectionItself()
    {
        using var product = new TestProduct(settings: [("Network:AllowedRanges", "127.0.0.0/8")]);
        var server = AnswerAsync("HTTP/1.1 302 Found\r\nLocation: /other.mp4\r\nContent-Length: 0\r\n\r\n");
        using var request = new HttpRequestMessage(HttpMethod.Get, ByName);

        using var response = await product.Get<GuardedHttp>().SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        await server;
    }

    [Fact]
    public async Task Get_PlaceWhereNobodyListens_IsUnreachable()
    {
        using var product = new TestProduct(settings: [("Network:AllowedRanges", "127.0.0.0/8")]);
        var address = ByName;
        _listener.Stop();

        var failure = await Assert.ThrowsAsync<FaceSwapException>(() => product.Get<GuardedHttp>().GetAsync(address, Token));

        Assert.Equal(ErrorCodes.MediaUnreachable, failure.Code);
        Assert.Equal("The address could not be reached (ConnectionError).", failure.Message);
    }

    [Fact]
    public async Task Connect_Connection_SendsAtOnceAndEndsWithItsStream()
    {
        var guard = new AddressGuard(Options.Create(new NetworkOptions { AllowedRanges = "127.0.0.0/8" }));
        Stream? stream = null;
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellationToken) => stream = await guard.ConnectAsync(context, cancellationToken),
        };
        using var client = new HttpClient(handler);
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Token);

        var asking = client.GetAsync(ByName, leave.Token);
        using var accepted = await _listener.AcceptSocketAsync(Token);
        var buffer = new byte[1024];
        Assert.NotEqual(0, await accepted.ReceiveAsync(buffer, Token));
        Assert.True(Assert.IsType<NetworkStream>(stream).Socket.NoDelay);
        await stream.DisposeAsync();

        Assert.Equal(0, await accepted.ReceiveAsync(buffer, Token));
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => asking);
    }

    public void Dispose() => _listener.Dispose();

    /// <summary>Answers one request and returns it.</summary>
    private async Task<string> AnswerAsync(string answer)
    {
        using var accepted = await _listener.AcceptSocketAsync(Token);
        var buffer = new byte[4096];
        var length = await accepted.ReceiveAsync(buffer, Token);
        await accepted.SendAsync(Encoding.ASCII.GetBytes(answer), Token);
        return Encoding.ASCII.GetString(buffer, 0, length);
    }
}
