using FaceSwap.Jobs;
using FaceSwap.Ledger;
using FaceSwap.NemoVideo.Renders;
using Microsoft.Extensions.Options;

namespace FaceSwap.Functions.Jobs.Api;

/// <summary>What a job would cost and about how long it would take.</summary>
public sealed class JobEstimates(CreditReservations reservations, RenderTimesStore renders, IOptions<JobOptions> options)
{
    // Generation takes 100 to 300 s at the backend (backend contract, Message).
    private static readonly TimeSpan UsualEdit = TimeSpan.FromSeconds(200);

    /// <exception cref="Errors.FaceSwapException"><see cref="Errors.ErrorCodes.InsufficientCredits"/>.</exception>
    public async Task<EstimateBody> OfAsync(CancellationToken cancellationToken)
    {
        await reservations.CheckAsync(cancellationToken);
        var usual = RenderTimes.Between(options.Value.RenderShortest, options.Value.RenderLongest);
        var render = RenderTimes.Of(await renders.ReadAsync(cancellationToken), usual).Quantile(0.5);
        var time = UsualEdit + options.Value.SettleInterval + render;
        return new EstimateBody(options.Value.MessageCost, (int)Math.Ceiling(time.TotalSeconds));
    }
}

/// <summary>A submission that would be taken in.</summary>
/// <param name="Video">The video's media type, as its content shows; absent for a job that goes on in another's session.</param>
/// <param name="Face">The face's, likewise.</param>
/// <param name="Audio">The sound's, where there is one.</param>
/// <param name="Estimate">What the job would take.</param>
/// <param name="More">Those of further videos, and then of further faces; absent where there are none.</param>
public sealed record ValidationBody(string? Video, string? Face, string? Audio, EstimateBody Estimate, IReadOnlyList<string>? More = null);

/// <summary>About what a job takes.</summary>
/// <param name="Credits">Credits.</param>
/// <param name="Seconds">Seconds from the end of the upload to the result, where the backend is as quick as usual.</param>
public sealed record EstimateBody(int Credits, int Seconds);
