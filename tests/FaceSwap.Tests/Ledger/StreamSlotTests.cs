using FaceSwap.Errors;
using FaceSwap.Jobs;
using FaceSwap.Ledger;
using Microsoft.Extensions.Options;
using Xunit;

namespace FaceSwap.Tests.Ledger;

/// <summary>How many streams an instance follows at a time.</summary>
public sealed class StreamSlotTests
{
    [Fact]
    public void Take_MoreThanThereAre_IsPutBackUntilOneComesFree()
    {
        var slots = new StreamSlots(Options.Create(new JobOptions { MostStreams = 2 }));
        var first = slots.Take();
        using var second = slots.Take();

        var refusal = Assert.Throws<FaceSwapException>(slots.Take);
        first.Dispose();
        using var third = slots.Take();

        Assert.Equal((ErrorCodes.NotSent, true), (refusal.Code, refusal.ToError().Retryable));
        Assert.Throws<FaceSwapException>(slots.Take);
    }

    [Fact]
    public void Defaults_LeaveRoomForOtherSteps()
    {
        using var hostJson = System.Text.Json.JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "host.json")));
        var activities = hostJson.RootElement.GetProperty("extensions").GetProperty("durableTask").GetProperty("maxConcurrentActivityFunctions").GetInt32();

        Assert.InRange(new JobOptions().MostStreams, 1, activities - 20);
    }
}
