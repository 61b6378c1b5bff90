using System.Text;
using FaceSwap.Webhooks;
using Xunit;

namespace FaceSwap.Tests.Webhooks;

public sealed class WebhookSignatureTests
{
    // The reference vector of the Standard Webhooks specification.
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const string Signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("{\"test\": 2432232314}");
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1614265330);

    [Fact]
    public void Sign_ReferenceVector_GivesItsSignature() => Assert.Equal(Signature, WebhookSignature.Sign(Secret, Id, At, Body));

    [Theory]
    [InlineData(Signature, 0, WebhookVerdict.Valid)]
    [InlineData("v1,AAAA " + Signature, 0, WebhookVerdict.Valid)]
    [InlineData(Signature + " v2,other", 300, WebhookVerdict.Valid)]
    [InlineData(Signature, -300, WebhookVerdict.Valid)]
    [InlineData(Signature, 301, WebhookVerdict.BadTimestamp)]
    [InlineData(Signature, -301, WebhookVerdict.BadTimestamp)]
    [InlineData("v1,AAAA", 0, WebhookVerdict.WrongSignature)]
    [InlineData("v1,%%%", 0, WebhookVerdict.WrongSignature)]
    [InlineData("v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", 0, WebhookVerdict.WrongSignature)]
    [InlineData("", 0, WebhookVerdict.MissingHeader)]
    [InlineData(null, 0, WebhookVerdict.MissingHeader)]
    public void Verify_Message_IsJudged(string? signatures, int age, WebhookVerdict expected) =>
        Assert.Equal(expected, WebhookSignature.Verify(Secret, Id, "1614265330", signatures, Body, At.AddSeconds(age)));

    [Theory]
    [InlineData("msg_other", "1614265330", 20)]
    [InlineData(Id, "1614265331", 20)]
    [InlineData(Id, "1614265330", 19)]
    public void Verify_AlteredMessage_IsWrong(string id, string timestamp, int length) =>
        Assert.Equal(WebhookVerdict.WrongSignature, WebhookSignature.Verify(Secret, id, timestamp, Signature, Body.AsSpan(0, length), At));

    [Theory]
    [InlineData("soon")]
    [InlineData("-5")]
    [InlineData("99999999999999999999")]
    public void Verify_TimestampThatIsNone_IsBad(string timestamp) =>
        Assert.Equal(WebhookVerdict.BadTimestamp, WebhookSignature.Verify(Secret, Id, timestamp, Signature, Body, At));
}
