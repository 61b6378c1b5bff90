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
        var first = slots.Take(isOfBatch: false);
        using var second = slots.Take(isOfBatch: false);

        var refusal = Assert.Throws<FaceSwapException>(() => slots.Take(isOfBatch: false));
        first.Dispose();
        using var third = slots.Take(isOfBatch: false);

        Assert.Equal((ErrorCodes.NotSent, true), (refusal.Code, refusal.ToError().Retryable));
        Assert.Throws<FaceSwapException>(() => slots.Take(isOfBatch: false));
    }

    [Theory]
    [InlineData(100, 90)]
    [InlineData(12, 11)]
    [InlineData(2, 1)]
    public void Take_ByBatches_LeavesRoomForJobsOfTheirOwn(int all, int most)
    {
        var slots = new StreamSlots(Options.Create(new JobOptions { MostStreams = all }));
        var taken = Enumerable.Range(0, most).Select(_ => slots.Take(isOfBatch: true)).ToList();

        Assert.Equal(ErrorCodes.NotSent, Assert.Throws<FaceSwapException>(() => slots.Take(isOfBatch: true)).Code);
        var own = Enumerable.Range(0, all - most).Select(_ => slots.Take(isOfBatch: false)).ToList();
        Assert.Throws<FaceSwapException>(() => slots.Take(isOfBatch: false));

        // What batches give back serves whoever comes, and what they were refused is not held back.
        taken.ForEach(slot => slot.Dispose());
        own.AddRange(Enumerable.Range(0, most).Select(_ => slots.Take(isOfBatch: false)));
        Assert.Throws<FaceSwapException>(() => slots.Take(isOfBatch: true));
        own.ForEach(slot => slot.Dispose());
        using var again = slots.Take(isOfBatch: true);
    }

    [Fact]
    public void Take_OfTheOnlySlot_IsForBatchesToo()
    {
        var slots = new StreamSlots(Options.Create(new JobOptions { MostStreams = 1 }));

        using var only = slots.Take(isOfBatch: true);

        Assert.Throws<FaceSwapException>(() => slots.Take(isOfBatch: false));
    }

    [Fact]
    public void Defaults_LeaveRoomForOtherSteps()
    {
        using var hostJson = System.Text.Json.JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "host.json")));
        var activities = hostJson.RootElement.GetProperty("extensions").GetProperty("durableTask").GetProperty("maxConcurrentActivityFunctions").GetInt32();

        Assert.InRange(new JobOptions().MostStreams, 1, activities - 20);
    }
}
