using FaceSwap.Functions.Edge.Http;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace FaceSwap.Tests.Edge;

public sealed class WaitPreferenceTests
{
    [Theory]
    [InlineData("wait=10", 10)]
    [InlineData("respond-async, wait=10", 10)]
    [InlineData("Wait = 7", 7)]
    [InlineData("wait=61", 60)]
    [InlineData("wait=2147483647", 60)]
    [InlineData("wait=99999999999999", null)]
    [InlineData("wait=0", null)]
    [InlineData("wait=-1", null)]
    [InlineData("wait", null)]
    [InlineData("waiting=10", null)]
    [InlineData("", null)]
    public void Of_APreference_IsReadOrIgnored(string header, int? seconds)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers["Prefer"] = header;

        Assert.Equal(seconds, (int?)WaitPreference.Of(request)?.TotalSeconds);
    }
}
