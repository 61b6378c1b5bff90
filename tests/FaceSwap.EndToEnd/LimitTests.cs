using System.Net;
using FaceSwap.EndToEnd.Drivers;
using Xunit;

namespace FaceSwap.EndToEnd;

/// <summary>A caller's limits, counted in real storage.</summary>
public sealed class LimitTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Requests_BeyondTheMinutes_AreAnsweredWithWhenToComeAgain()
    {
        await using var rig = await Rig.StartAsync(azurite, ("Callers__RequestsPerMinute", "5"));

        // They may fall into two minutes, and not into three.
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => rig.Jobs.Http.GetAsync("api/jobs", TestContext.Current.CancellationToken)));

        var refused = answers.Where(answer => answer.StatusCode == HttpStatusCode.TooManyRequests).ToList();
        Assert.InRange(refused.Count, 10, 15);
        Assert.All(refused, answer => Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60)));
        Assert.All(answers.Except(refused), answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        using var health = await rig.Jobs.Http.GetAsync("api/health", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }
}
