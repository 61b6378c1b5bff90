using FaceSwap.Keys;
using FaceSwap.Testing.Time;
using FaceSwap.Webhooks.Endpoints;
using Microsoft.Extensions.Options;
using Xunit;

namespace FaceSwap.Tests.Webhooks.Endpoints;

public sealed class WebhookSecretsTests
{
    private readonly FakeClock _clock = new();
    private readonly WebhookSecrets _secrets;

    public WebhookSecretsTests()
    {
        var master = new MasterKey(Options.Create(new MasterKeyOptions { MasterKey = Convert.ToBase64String(new byte[32]) }));
        _secrets = new WebhookSecrets(master, _clock);
    }

    [Fact]
    public void Signing_AfterARotation_EndsWithTheOverlap()
    {
        var before = WebhookEndpoint.OfJobs();
        var old = _secrets.Current("default", before);
        var after = before with { Rotation = 1, Retired = [new RetiredSecret(0, _clock.GetUtcNow().AddHours(24))] };

        Assert.Equal([_secrets.Current("default", after), old], _secrets.Signing("default", after));
        _clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        Assert.Equal(2, _secrets.Signing("default", after).Count);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([_secrets.Current("default", after)], _secrets.Signing("default", after));
    }

    [Fact]
    public void Current_OfAFixedKey_IsAFixedSecret() =>
        Assert.Equal("whsec_wEIDIa1rIz6yphm10YT1OWFQHF7uDTWneQOiTr3taCc=", _secrets.Current("default", WebhookEndpoint.OfJobs()));

    [Fact]
    public void Signing_AfterTwoRotations_IsDoneWithAllThree()
    {
        var endpoint = WebhookEndpoint.OfJobs();
        var soon = _clock.GetUtcNow().AddHours(1);
        var after = endpoint with { Rotation = 2, Retired = [new RetiredSecret(0, soon), new RetiredSecret(1, soon)] };

        Assert.Equal(
            [_secrets.Current("default", after), _secrets.Current("default", endpoint with { Rotation = 1 }), _secrets.Current("default", endpoint)],
            _secrets.Signing("default", after));
    }

    [Fact]
    public void Current_OfAnotherOwnerEndpointOrRotation_IsAnother()
    {
        var endpoint = WebhookEndpoint.OfJobs();

        string[] secrets =
        [
            _secrets.Current("default", endpoint),
            _secrets.Current("somebody", endpoint),
            _secrets.Current("default", endpoint with { Id = "whe_1" }),
            _secrets.Current("default", endpoint with { Rotation = 1 }),
        ];

        Assert.Equal(secrets.Length, secrets.Distinct().Count());
        Assert.All(secrets, secret => Assert.StartsWith("whsec_", secret, StringComparison.Ordinal));
    }
}
