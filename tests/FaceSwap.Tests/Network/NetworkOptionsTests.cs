using System.Net;
using FaceSwap.Network;
using Microsoft.Extensions.Options;
using Xunit;

namespace FaceSwap.Tests.Network;

public sealed class NetworkOptionsTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" , ")]
    [InlineData("127.0.0.0/8")]
    [InlineData(" 127.0.0.0/8 , 10.0.0.0/8,,fd00::/8 ")]
    public void Validate_RangesOrNone_IsAccepted(string ranges) => Assert.Empty(Problems(new NetworkOptions { AllowedRanges = ranges }));

    [Theory]
    [InlineData("nonsense")]
    [InlineData("127.0.0.1")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0-10.0.0.9")]
    public void Validate_RangeThatIsNone_IsNamed(string range) => Assert.Equal(
        [$"AllowedRanges: Network:AllowedRanges: '{range}' is no range in CIDR notation such as 127.0.0.0/8."],
        Problems(new NetworkOptions { AllowedRanges = $"127.0.0.0/8, {range}" }));

    [Fact]
    public void Validate_SeveralRangesThatAreNone_AreAllNamed()
    {
        var problems = string.Join('\n', Problems(new NetworkOptions { AllowedRanges = "one,10.0.0.0/8,two" }));

        Assert.Contains("'one'", problems, StringComparison.Ordinal);
        Assert.Contains("'two'", problems, StringComparison.Ordinal);
        Assert.DoesNotContain("'10.0.0.0/8'", problems, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("00:00:00.1", true)]
    [InlineData("00:05:00", true)]
    [InlineData("00:00:00.0999999", false)]
    [InlineData("00:05:00.0000001", false)]
    public void Validate_ConnectTimeout_EndsAtItsLimits(string timeout, bool isValid) => Assert.Equal(
        isValid ? 0 : 1,
        Problems(new NetworkOptions { ConnectTimeout = TimeSpan.Parse(timeout) }).Count(problem => problem.Contains("ConnectTimeout", StringComparison.Ordinal)));

    [Fact]
    public void Defaults_AllowNothingSpecialAndTenSeconds()
    {
        var options = new NetworkOptions();

        Assert.False(new AddressGuard(Options.Create(options)).Allows(IPAddress.Loopback));
        Assert.Equal(TimeSpan.FromSeconds(10), options.ConnectTimeout);
    }

    [Fact]
    public void AllowedRanges_SeveralWithSpaceBetween_AreAllAllowed()
    {
        var guard = new AddressGuard(Options.Create(new NetworkOptions { AllowedRanges = " 127.0.0.0/8 , 10.0.0.0/8, fd00::/8, " }));

        Assert.All(["127.0.0.1", "10.1.2.3", "fd00::1"], address => Assert.True(guard.Allows(IPAddress.Parse(address))));
        Assert.False(guard.Allows(IPAddress.Parse("192.168.0.1")));
    }

    private static IEnumerable<string> Problems(NetworkOptions options) => new NetworkOptionsValidator().Validate(null, options).Failures ?? [];
}
