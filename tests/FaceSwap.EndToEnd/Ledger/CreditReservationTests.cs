using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Errors;
using FaceSwap.Ledger;
using FaceSwap.NemoVideo.Tokens;
using FaceSwap.Testing.Backend;
using FaceSwap.Testing.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace FaceSwap.EndToEnd.Ledger;

/// <summary>Credits reserved by many jobs at once, over the real storage service.</summary>
public sealed class CreditReservationTests(AzuriteFixture fixture)
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reservations_OfManyAtOnce_AreNeverMoreThanTheCreditsAndAllComeToTheirTurn()
    {
        await using var backend = await InProcessSimulator.StartAsync("--anonymouscredits=300");
        using var app = ProductHost.Build(fixture.Azurite, backend);
        var (reservations, token) = await PartsAsync(app);

        var (holders, most) = (0, 0);
        await Task.WhenAll(Enumerable.Range(0, 12).Select(async number =>
        {
            var job = $"job_{number:D2}";
            await Eventually.HoldsAsync(async () => await TryReserveAsync(reservations, token, job) is null, $"{job} has its credits");
            InterlockedMax(ref most, Interlocked.Increment(ref holders));
            await reservations.ReservedAsync(token.Account, Cancellation);
            Interlocked.Decrement(ref holders);
            await reservations.ReleaseAsync(token.Account, job);
        }));

        Assert.InRange(most, 1, 3);
        Assert.Equal(0, await reservations.ReservedAsync(token.Account, Cancellation));
    }

    [Fact]
    public async Task Reservation_GivenBack_IsAnothersToTake()
    {
        await using var backend = await InProcessSimulator.StartAsync("--anonymouscredits=100");
        using var app = ProductHost.Build(fixture.Azurite, backend);
        var (reservations, token) = await PartsAsync(app);

        Assert.Null(await TryReserveAsync(reservations, token, "job_1"));
        Assert.Null(await TryReserveAsync(reservations, token, "job_1"));
        Assert.Equal(ErrorCodes.CreditsReserved, await TryReserveAsync(reservations, token, "job_2"));
        await reservations.ReleaseAsync(token.Account, "job_1");
        Assert.Null(await TryReserveAsync(reservations, token, "job_2"));
    }

    [Fact]
    public async Task Reservation_OfAJobThatNeverCameBack_Lapses()
    {
        await using var backend = await InProcessSimulator.StartAsync("--anonymouscredits=100");
        var clock = new FakeClock(TimeProvider.System.GetUtcNow());
        using var app = ProductHost.Build(fixture.Azurite, backend, time: clock);
        var (reservations, token) = await PartsAsync(app);
        Assert.Null(await TryReserveAsync(reservations, token, "job_1"));

        clock.Advance(TimeSpan.FromMinutes(6));

        Assert.Equal(0, await reservations.ReservedAsync(token.Account, Cancellation));
        Assert.Null(await TryReserveAsync(reservations, token, "job_2"));
    }

    private static async Task<(CreditReservations Reservations, NemoToken Token)> PartsAsync(IHost app) =>
        (app.Services.GetRequiredService<CreditReservations>(), await app.Services.GetRequiredService<NemoTokens>().GetAsync(Cancellation));

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }

    private static async Task<string?> TryReserveAsync(CreditReservations reservations, NemoToken token, string jobId)
    {
        try
        {
            await reservations.ReserveAsync(token, jobId, Cancellation);
            return null;
        }
        catch (FaceSwapException refusal)
        {
            return refusal.Code;
        }
    }
}
