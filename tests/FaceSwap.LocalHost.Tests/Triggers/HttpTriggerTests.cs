using System.Net;
using System.Net.Http.Json;
using Xunit;

namespace FaceSwap.LocalHost.Tests.Triggers;

/// <summary>HTTP functions over real sockets: routes, methods, keys, results, failures.</summary>
public sealed class HttpTriggerTests : IAsyncLifetime
{
    private readonly HostFixture _host = new();
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(30));

    private CancellationToken Cancellation => _deadline.Token;

    public async ValueTask InitializeAsync() => await _host.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _deadline.Dispose();
    }

    [Theory]
    [InlineData("/api/hello/Ada", "Hello Ada x1 GET")]
    [InlineData("/api/hello/Ada/3", "Hello Ada x3 GET")]
    [InlineData("/api/hello/Ada/3?greeting=Hi", "Hi Ada x3 GET")]
    [InlineData("/api/hello/Ada?name=Eve", "Hello Ada x1 GET")]
    public async Task Route_ValuesAndQuery_AreBoundByName(string path, string expected) =>
        Assert.Equal(expected, await _host.Http.GetStringAsync(path, Cancellation));

    [Theory]
    [InlineData("/api/hello/123")]
    [InlineData("/api/hello/Ada/three")]
    [InlineData("/hello/Ada")]
    [InlineData("/api/nowhere")]
    public async Task Route_NoFunctionFits_IsNotFound(string path)
    {
        using var response = await _host.Http.GetAsync(path, Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Method_NotDeclared_IsNotAllowed()
    {
        using var response = await _host.Http.PostAsync("/api/hello/Ada", null, Cancellation);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Theory]
    [InlineData("/api/Secured", "POST", null, HttpStatusCode.Unauthorized)]
    [InlineData("/api/Secured", "POST", "wrong", HttpStatusCode.Unauthorized)]
    [InlineData("/api/Secured", "POST", HostFixture.FunctionKey, HttpStatusCode.OK)]
    [InlineData("/api/Secured", "POST", HostFixture.MasterKey, HttpStatusCode.OK)]
    [InlineData("/api/managed", "GET", null, HttpStatusCode.Unauthorized)]
    [InlineData("/api/managed", "GET", HostFixture.FunctionKey, HttpStatusCode.Unauthorized)]
    [InlineData("/api/managed", "GET", HostFixture.MasterKey, HttpStatusCode.OK)]
    public async Task Key_AdmitsByLevel(string path, string method, string? key, HttpStatusCode expected)
    {
        using HttpRequestMessage byHeader = new(new HttpMethod(method), path);
        if (key is not null)
        {
            byHeader.Headers.Add("x-functions-key", key);
        }

        using HttpRequestMessage byQuery = new(new HttpMethod(method), $"{path}?code={key}");
        using var one = await _host.Http.SendAsync(byHeader, Cancellation);
        using var two = await _host.Http.SendAsync(byQuery, Cancellation);
        Assert.Equal((expected, expected), (one.StatusCode, two.StatusCode));
    }

    [Fact]
    public async Task Result_OfAnyType_IsJson()
    {
        var body = await _host.Http.GetFromJsonAsync<SampleBody>("/api/plain", Cancellation);
        Assert.Equal("value", body!.Name);
    }

    [Fact]
    public async Task Failure_AnswersWithoutDetails_AndIsLogged()
    {
        using var response = await _host.Http.GetAsync("/api/Fails", Cancellation);
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("", await response.Content.ReadAsStringAsync(Cancellation));
        Assert.True(_host.Log.Contains("Fails failed"));
    }

    [Fact]
    public async Task DurableClient_RunsOrchestratorAndActivity()
    {
        using var response = await _host.Http.PostAsync("/api/start/abc", null, Cancellation);
        Assert.Equal("Start: ABC Upper True injected", await response.Content.ReadAsStringAsync(Cancellation));
    }
}
