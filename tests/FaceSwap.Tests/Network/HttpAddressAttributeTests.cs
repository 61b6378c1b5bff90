using System.ComponentModel.DataAnnotations;
using FaceSwap.Jobs;
using FaceSwap.Network;
using FaceSwap.Tests.Product;
using Microsoft.Extensions.Options;
using Xunit;

namespace FaceSwap.Tests.Network;

public sealed class HttpAddressAttributeTests
{
    private readonly HttpAddressAttribute _rule = new();

    [Theory]
    [InlineData("https://example.com")]
    [InlineData("HTTP://example.com:8080/api")]
    [InlineData("http://127.0.0.1:7071")]
    public void IsValid_AbsoluteHttpAddress_IsTrue(string address) => Assert.True(_rule.IsValid(new Uri(address)));

    [Fact]
    public void IsValid_SettingThatIsNotSet_IsTrue() => Assert.True(_rule.IsValid(null));

    [Theory]
    [InlineData("example.com")]
    [InlineData("/api")]
    [InlineData("ftp://example.com")]
    [InlineData("localhost:7071")]
    public void IsValid_AnyOtherAddress_IsFalse(string address) => Assert.False(_rule.IsValid(new Uri(address, UriKind.RelativeOrAbsolute)));

    [Fact]
    public void IsValid_WhatIsNoAddress_IsFalse() => Assert.False(_rule.IsValid("https://example.com"));

    [Fact]
    public void Validate_AddressThatIsNone_NamesTheSettingAndAnExample()
    {
        var failure = Assert.Throws<ValidationException>(() => _rule.Validate(new Uri("/api", UriKind.Relative), "BaseUrl"));

        Assert.Equal("The field BaseUrl must be an http or https address, such as https://example.com.", failure.Message);
    }

    [Fact]
    public void Setting_AddressWithoutAScheme_IsRefusedBeforeItsFirstUse()
    {
        using var product = new TestProduct(settings: [("Api:BaseUrl", "app.test/api")]);

        Assert.Throws<OptionsValidationException>(() => product.Get<IOptions<ApiOptions>>().Value);
    }
}
