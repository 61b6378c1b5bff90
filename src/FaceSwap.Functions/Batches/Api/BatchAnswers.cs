using System.Globalization;
using FaceSwap.Batches;
using FaceSwap.Functions.Edge.Http;

namespace FaceSwap.Functions.Batches.Api;

/// <summary>Answers of the routes after which a batch is to be followed.</summary>
internal static class BatchAnswers
{
    private const int PollSeconds = 10;

    /// <summary>202 with a batch that was started, and where to follow it; 200 for one that has ended since.</summary>
    public static IResult Started(StartedBatch started)
    {
        var answer = started.View.Status >= BatchState.Completed ? Follow(started.View, StatusCodes.Status200OK) : Accepted(started.View);
        return started.IsReplay ? new HeaderedResult(answer, headers => headers[IdempotencyKey.ReplayedHeader] = "true") : answer;
    }

    /// <summary>202 with where to follow a batch of which something was asked, and when to look for the first time.</summary>
    public static IResult Accepted(BatchView batch) => new HeaderedResult(
        Follow(batch, StatusCodes.Status202Accepted), headers => headers.RetryAfter = PollSeconds.ToString(CultureInfo.InvariantCulture));

    private static HeaderedResult Follow(BatchView batch, int status) => new(
        Results.Json(batch, BatchJson.Default.BatchView, statusCode: status),
        headers =>
        {
            headers.Location = batch.Links.Self;
            headers["Operation-Location"] = batch.Links.Self;
        });
}
