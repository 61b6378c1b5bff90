using FaceSwap.Errors;
using FaceSwap.Functions.Edge.Http;
using FaceSwap.Jobs;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Xunit;

namespace FaceSwap.Tests.Edge;

/// <summary>Links go where the operator says, or on one machine where the caller came to; never where a header sends them.</summary>
public sealed class ApiAddressTests
{
    [Theory]
    [InlineData("localhost", "http://localhost/api")]
    [InlineData("LOCALHOST:7071", "http://LOCALHOST:7071/api")]
    [InlineData("127.0.0.1:7071", "http://127.0.0.1:7071/api")]
    [InlineData("[::1]:7071", "http://[::1]:7071/api")]
    public void Of_ARequestToThisMachine_IsAsItNamesIt(string host, string expected) => Assert.Equal(expected, Of(null, host));

    [Theory]
    [InlineData("forged.example")]
    [InlineData("localhost.forged.example")]
    [InlineData("10.0.0.1:7071")]
    [InlineData("[2001:db8::1]")]
    [InlineData("")]
    public void Of_ARequestThatNamesAnotherMachine_IsRefusedAndNamesTheSetting(string host)
    {
        var refusal = Assert.Throws<FaceSwapException>(() => Of(null, host));

        Assert.Equal(ErrorCodes.InvalidRequest, refusal.Code);
        Assert.Contains("Api__BaseUrl", refusal.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_AnyRequestWhereTheAddressIsConfigured_IsThat() =>
        Assert.Equal("https://swap.example.com/api", Of(new Uri("https://swap.example.com/api/"), "forged.example"));

    [Theory]
    [InlineData("swap.azurewebsites.net", "https://swap.azurewebsites.net/api")]
    [InlineData("localhost:7071", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void UnderHostName_OfThePlatform_IsThePublicOneAlone(string? hostName, string? expected) =>
        Assert.Equal(expected, ApiOptions.UnderHostName(hostName)?.AbsoluteUri);

    private static string Of(Uri? configured, string host)
    {
        var http = new DefaultHttpContext();
        http.Request.Scheme = "http";
        http.Request.Host = new HostString(host);
        http.Request.Path = "/api/jobs";
        return new ApiAddress(Options.Create(new ApiOptions { BaseUrl = configured })).Of(http.Request);
    }
}
