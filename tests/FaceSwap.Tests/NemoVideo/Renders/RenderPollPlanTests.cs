using FaceSwap.NemoVideo.Renders;
using Xunit;

namespace FaceSwap.Tests.NemoVideo.Renders;

/// <summary>Plays renders against the plan on simulated time.</summary>
public sealed class RenderPollPlanTests
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly RenderTimes Usual = RenderTimes.Between(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(90));
    private static readonly RenderPollPlan Plan = new(Usual, Shortest, Longest);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Next_RendersOf30To90Seconds_FindsThemWithin5SecondsOnAverageInAtMost6Polls(bool reportsProgress)
    {
        var found = Enumerable.Range(300, 601).Select(tenth => Play(TimeSpan.FromSeconds(tenth / 10.0), reportsProgress)).ToList();

        Assert.InRange(found.Average(render => render.Delay.TotalSeconds), 0, 5);
        Assert.InRange(found.Max(render => render.Polls), 1, 6);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(31)]
    [InlineData(91)]
    [InlineData(240)]
    [InlineData(1800)]
    public void Next_RenderOfAnyLength_IsFoundWithin30SecondsOfItsEndAndPolledNoMoreOftenThanEvery5(double seconds)
    {
        var (polls, delay, waits) = Play(TimeSpan.FromSeconds(seconds), reportsProgress: false);

        Assert.InRange(delay, TimeSpan.Zero, Longest);
        Assert.All(waits.Skip(1), wait => Assert.InRange(wait, Shortest, Longest));
        Assert.Equal(polls, waits.Count);
    }

    [Theory]
    [InlineData(0, null, 40)]
    [InlineData(40, null, 10)]
    [InlineData(45, null, 5)]
    [InlineData(46, null, 14)]
    [InlineData(90, null, 5)]
    [InlineData(130, null, 20)]
    [InlineData(200, null, 30)]
    [InlineData(40, 0, 10)]
    [InlineData(40, 1, 30)]
    [InlineData(40, 66, 20.606)]
    [InlineData(40, 99, 5)]
    [InlineData(40, 100, 10)]
    [InlineData(0, 50, 5)]
    public void Next_IsWhereTheNextShareOfRendersEnds_OrWhereTheProgressPoints(double elapsed, int? progress, double wait) =>
        Assert.Equal(wait, Plan.Next(TimeSpan.FromSeconds(elapsed), progress).TotalSeconds, 3);

    [Fact]
    public void Next_OfTheFirstPoll_CountsTheLongestWaitFromTheQuickestRender()
    {
        var slow = Plan with { Times = new RenderTimes([TimeSpan.FromSeconds(20), .. Enumerable.Repeat(TimeSpan.FromSeconds(300), 5)]) };

        Assert.Equal(20, slow.Next(TimeSpan.Zero, null).TotalSeconds);
        Assert.Equal(50, (slow with { Times = new RenderTimes([TimeSpan.FromSeconds(20), .. Enumerable.Repeat(TimeSpan.FromSeconds(300), 11)]) }).Next(TimeSpan.Zero, 0).TotalSeconds);
    }

    [Fact]
    public void Of_ObservedTimes_MovesTheFirstPollToWhereRendersEnd()
    {
        var quick = RenderTimes.Of([.. Enumerable.Range(10, 20).Select(second => TimeSpan.FromSeconds(second))], Usual);
        var plan = Plan with { Times = quick };

        Assert.InRange(plan.Next(TimeSpan.Zero, null), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(15));
        Assert.Equal(Usual, RenderTimes.Of([TimeSpan.FromSeconds(1)], Usual));
    }

    private static (int Polls, TimeSpan Delay, List<TimeSpan> Waits) Play(TimeSpan duration, bool reportsProgress)
    {
        var now = TimeSpan.Zero;
        var waits = new List<TimeSpan>();
        int? progress = null;
        while (now < duration)
        {
            waits.Add(Plan.Next(now, progress));
            now += waits[^1];
            progress = reportsProgress ? (int)(100 * Math.Min(1, now / duration)) : null;
        }

        return (waits.Count, now - duration, waits);
    }
}
