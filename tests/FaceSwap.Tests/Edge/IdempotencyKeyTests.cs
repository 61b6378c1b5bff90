using FaceSwap.Errors;
using FaceSwap.Functions.Edge.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Xunit;

namespace FaceSwap.Tests.Edge;

public sealed class IdempotencyKeyTests
{
    public static TheoryData<string[], string?> Given => new()
    {
        { [], null },
        { ["8e03978e-40d5-43dd-bc93-6894a57f9324"], "8e03978e-40d5-43dd-bc93-6894a57f9324" },
        { ["\"8e03978e\""], "8e03978e" },
        { ["  order 42  "], "order 42" },
        { ["order,42"], "order,42" },
        { ["\""], "\"" },
        { [new string('k', 255)], new string('k', 255) },
        { [$"\"{new string('k', 255)}\""], new string('k', 255) },
    };

    [Theory]
    [MemberData(nameof(Given))]
    public void Of_AKeyOrNone_IsRead(string[] given, string? key) => Assert.Equal(key, IdempotencyKey.Of(Request(given)));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\"\"")]
    [InlineData("\0inbox:1.csv:0x1")]
    [InlineData("a\u0001b")]
    [InlineData("a\u007fb")]
    [InlineData("Schlüssel")]
    [InlineData("one", "two")]
    [InlineData("one, two")]
    [InlineData("\"one\", \"two\"")]
    public void Of_WhatIsNoKey_IsRefused(params string[] given) => IsRefused(given);

    [Fact]
    public void Of_AKeyOf256Characters_IsRefused() => IsRefused(new string('k', 256));

    private static void IsRefused(params string[] given)
    {
        var refusal = Assert.Throws<FaceSwapException>(() => IdempotencyKey.Of(Request(given)));

        Assert.Equal(
            (ErrorCodes.InvalidRequest, "'Idempotency-Key' must be given once, as 1 to 255 printable ASCII characters without a comma before a space."), (refusal.Code, refusal.Message));
    }

    private static HttpRequest Request(string[] given)
    {
        var request = new DefaultHttpContext().Request;
        if (given.Length > 0)
        {
            request.Headers[IdempotencyKey.Header] = new StringValues(given);
        }

        return request;
    }
}
