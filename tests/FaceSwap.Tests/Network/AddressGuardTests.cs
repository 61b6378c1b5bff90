using System.Net;
using FaceSwap.Errors;
using FaceSwap.Network;
using Microsoft.Extensions.Options;
using Xunit;

namespace FaceSwap.Tests.Network;

public sealed class AddressGuardTests
{
    [Theory]
    [InlineData("")]
    [InlineData("clip.mp4")]
    [InlineData("/etc/passwd")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://example.com/clip.mp4")]
    [InlineData("gopher://example.com/")]
    [InlineData("data:video/mp4;base64,AAAA")]
    [InlineData("https://user:password@example.com/clip.mp4")]
    [InlineData("http://127.0.0.1/clip.mp4")]
    [InlineData("http://2130706433/clip.mp4")]
    [InlineData("http://0x7f.1/clip.mp4")]
    [InlineData("http://0/clip.mp4")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://127。0。0。1/clip.mp4")]
    [InlineData("http://[::1]/clip.mp4")]
    [InlineData("http://[::ffff:10.0.0.1]/clip.mp4")]
    [InlineData("http://[64:ff9b::a00:1]/clip.mp4")]
    public void Parse_AddressThatIsNotPublicHttp_IsRefused(string address)
    {
        var failure = Assert.Throws<FaceSwapException>(() => Guard().Parse(address));

        Assert.Equal(ErrorCodes.AddressRefused, failure.Code);
    }

    [Theory]
    [InlineData("clip.mp4", "The address is not an absolute http or https address of at most 2,048 characters.")]
    [InlineData("ftp://example.com/clip.mp4", "Only http and https addresses are fetched.")]
    [InlineData("https://user@example.com/clip.mp4", "The address must not carry a user name or a password.")]
    [InlineData("https://10.0.0.1/clip.mp4", "The address leads to a place that is not public.")]
    [InlineData("https://xn--aü.com/clip.mp4", "The address names a host that there cannot be.")]
    public void Parse_AddressThatIsRefused_SaysWhy(string address, string why) =>
        Assert.Equal(why, Assert.Throws<FaceSwapException>(() => Guard().Parse(address)).Message);

    [Fact]
    public void Parse_AddressTooLong_IsRefused()
    {
        const string Beginning = "https://example.com/";
        var longest = Beginning + new string('a', 2048 - Beginning.Length);

        Assert.Equal(longest, Guard().Parse(longest).AbsoluteUri);
        var failure = Assert.Throws<FaceSwapException>(() => Guard().Parse(longest + "a"));
        Assert.Equal("The address is not an absolute http or https address of at most 2,048 characters.", failure.Message);
    }

    [Theory]
    [InlineData("https://example.com/clip.mp4?sig=a%2Bb")]
    [InlineData("http://93.184.216.34:8080/clip.mp4")]
    [InlineData("http://[2606:2800:220:1:248:1893:25c8:1946]/clip.mp4")]
    public void Parse_PublicAddress_IsTakenAsItIs(string address) =>
        Assert.Equal(address, Guard().Parse(address).AbsoluteUri);

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("10.255.255.255")]
    [InlineData("100.64.0.1")]
    [InlineData("127.8.8.8")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("198.18.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("fd00::1")]
    [InlineData("fe80::1")]
    [InlineData("ff02::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:a00:1::")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b:1::1")]
    public void Allows_SpecialRange_IsFalse(string address) => Assert.False(Guard().Allows(IPAddress.Parse(address)));

    /// <summary>Every special range by its first and its last address, and the public addresses beside them.</summary>
    [Theory]
    [InlineData("0.0.0.0", "0.255.255.255", "1.0.0.0")]
    [InlineData("10.0.0.0", "10.255.255.255", "9.255.255.255", "11.0.0.0")]
    [InlineData("100.64.0.0", "100.127.255.255", "100.63.255.255", "100.128.0.0")]
    [InlineData("127.0.0.0", "127.255.255.255", "126.255.255.255", "128.0.0.0")]
    [InlineData("169.254.0.0", "169.254.255.255", "169.253.255.255", "169.255.0.0")]
    [InlineData("172.16.0.0", "172.31.255.255", "172.15.255.255", "172.32.0.0")]
    [InlineData("192.0.0.0", "192.0.0.255", "191.255.255.255", "192.0.1.0")]
    [InlineData("192.0.2.0", "192.0.2.255", "192.0.1.255", "192.0.3.0")]
    [InlineData("192.88.99.0", "192.88.99.255", "192.88.98.255", "192.88.100.0")]
    [InlineData("192.168.0.0", "192.168.255.255", "192.167.255.255", "192.169.0.0")]
    [InlineData("198.18.0.0", "198.19.255.255", "198.17.255.255", "198.20.0.0")]
    [InlineData("198.51.100.0", "198.51.100.255", "198.51.99.255", "198.51.101.0")]
    [InlineData("203.0.113.0", "203.0.113.255", "203.0.112.255", "203.0.114.0")]
    [InlineData("224.0.0.0", "239.255.255.255", "223.255.255.255")]
    [InlineData("240.0.0.0", "255.255.255.255")]
    [InlineData("::", "::ffff:ffff", "::1:0:0")]
    [InlineData("64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff", "64:ff9b:0:ffff:ffff:ffff:ffff:ffff", "64:ff9b:2::")]
    [InlineData("100::", "100::ffff:ffff:ffff:ffff", "ff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "100:0:0:1::")]
    [InlineData("2001::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff", "2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "2001:200::")]
    [InlineData("2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db9::")]
    [InlineData("2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "2003::")]
    [InlineData("3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff", "3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "3fff:1000::")]
    [InlineData("5f00::", "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "5eff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "5f01::")]
    [InlineData("fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "fbff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "fe00::")]
    [InlineData("fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "fe7f:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("fec0::", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    public void Allows_RangeAtBothEnds_EndsWhereItEnds(string first, string last, params string[] beside)
    {
        Assert.False(Guard().Allows(IPAddress.Parse(first)));
        Assert.False(Guard().Allows(IPAddress.Parse(last)));
        Assert.All(beside, address => Assert.True(Guard().Allows(IPAddress.Parse(address))));
    }

    [Theory]
    [InlineData("93.184.216.34")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("2606:2800:220:1:248:1893:25c8:1946")]
    [InlineData("::ffff:93.184.216.34")]
    [InlineData("64:ff9b::5db8:d822")]
    [InlineData("64:ff9b::1:7f00:1")]
    [InlineData("2606:2800::7f00:1")]
    public void Allows_PublicAddress_IsTrue(string address) => Assert.True(Guard().Allows(IPAddress.Parse(address)));

    [Fact]
    public void Allows_RangeThatASettingNames_IsTrueForThatRangeOnly()
    {
        var guard = Guard("127.0.0.0/8");

        Assert.True(guard.Allows(IPAddress.Parse("127.0.0.1")));
        Assert.True(guard.Allows(IPAddress.Parse("::ffff:127.0.0.1")));
        Assert.False(guard.Allows(IPAddress.Parse("10.0.0.1")));
        Assert.False(guard.Allows(IPAddress.IPv6Loopback));
    }

    private static AddressGuard Guard(string allowed = "") => new(Options.Create(new NetworkOptions { AllowedRanges = allowed }));
}
