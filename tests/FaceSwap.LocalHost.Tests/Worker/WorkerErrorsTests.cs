using FaceSwap.LocalHost.Worker;
using FaceSwap.Testing.Time;
using Xunit;

namespace FaceSwap.LocalHost.Tests.Worker;

/// <summary>How many crashes of the worker a host takes.</summary>
public sealed class WorkerErrorsTests
{
    [Theory]
    [InlineData(30, 30, true)]
    [InlineData(0, 0, true)]
    [InlineData(31, 1, false)]
    [InlineData(1, 31, false)]
    public void Third_IsTooMany_UnlessMoreThanThirtyMinutesLieBetween(int firstMinutes, int secondMinutes, bool expected)
    {
        var clock = new FakeClock();
        var errors = new WorkerErrors(clock);

        errors.Add();
        clock.Advance(TimeSpan.FromMinutes(firstMinutes));
        errors.Add();
        Assert.False(errors.AreTooMany);
        clock.Advance(TimeSpan.FromMinutes(secondMinutes));
        errors.Add();

        Assert.Equal(expected, errors.AreTooMany);
    }
}
