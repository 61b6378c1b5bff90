using System.Text;
using FaceSwap.Testing.Webhooks;
using FaceSwap.Webhooks;
using Xunit;

namespace FaceSwap.Tests.Webhooks;

/// <summary>This project's signatures and those of the npm package <c>standardwebhooks</c> are the same, both ways.</summary>
public sealed class StandardWebhooksLibraryTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Other = "whsec_c2VjcmV0LW9mLXRoZS10ZXN0LXZlY3Rvci0zMmI=";
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const string Body = "{\"data\":{\"note\":\"größer – 日本語 🎬\"}}";
    private static readonly byte[] Bytes = Encoding.UTF8.GetBytes(Body);
    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task Library_OurMessages_AreJudgedAsTheyShould()
    {
        var signature = WebhookSignature.Sign(Secret, Id, _now, Bytes);
        var both = $"{WebhookSignature.Sign(Other, Id, _now, Bytes)} {signature}";
        var old = _now - WebhookSignature.Tolerance - TimeSpan.FromMinutes(1);

        var answers = await StandardWebhooksLibrary.AskAsync(
            new LibraryCase(Secret, Body, Headers(signature, _now)),
            new LibraryCase(Secret, Body, Headers(both, _now)),
            new LibraryCase(Other, Body, Headers(both, _now)),
            new LibraryCase(Other, Body, Headers(signature, _now)),
            new LibraryCase(Secret, Body + " ", Headers(signature, _now)),
            new LibraryCase(Secret, Body, Headers(WebhookSignature.Sign(Secret, Id, old, Bytes), old)));

        Assert.Equal([true, true, true, false, false, false], answers.Select(answer => answer == StandardWebhooksLibrary.Valid));
    }

    [Fact]
    public async Task Verify_TheLibrarysMessages_AreValid()
    {
        var answers = await StandardWebhooksLibrary.AskAsync(
            new LibraryCase(Secret, Body, Id: Id, Timestamp: _now.ToUnixTimeSeconds()),
            new LibraryCase(Secret, "{\"test\": 2432232314}", Id: Id, Timestamp: 1614265330));

        Assert.Equal(WebhookVerdict.Valid, WebhookSignature.Verify(Secret, Id, WebhookSignature.Seconds(_now), answers[0], Bytes, _now));
        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", answers[1]);
    }

    private static Dictionary<string, string> Headers(string signatures, DateTimeOffset at) => new()
    {
        [WebhookSignature.IdHeader] = Id,
        [WebhookSignature.TimestampHeader] = WebhookSignature.Seconds(at),
        [WebhookSignature.SignatureHeader] = signatures,
    };
}
