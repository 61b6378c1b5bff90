using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using FaceSwap.Functions.Http.Edge;
using FaceSwap.Jobs;
using Microsoft.AspNetCore.Http;

namespace FaceSwap.Functions.Http.Jobs;

/// <summary>Answers of the routes after which a job is to be followed.</summary>
internal static class JobAnswers
{
    private const int PollSeconds = 5;

    /// <summary>202 with a body, where to follow the job, and when to look for the first time; 200 for one that has ended since.</summary>
    public static IResult Follow<T>(T body, JsonTypeInfo<T> type, JobView job, bool isReplay = false)
    {
        var hasEnded = job.Status.IsFinal();
        return new HeaderedResult(Results.Json(body, type, statusCode: hasEnded ? StatusCodes.Status200OK : StatusCodes.Status202Accepted), headers =>
        {
            headers.Location = job.Links.Self;
            headers["Operation-Location"] = job.Links.Self;
            if (!hasEnded)
            {
                headers.RetryAfter = PollSeconds.ToString(CultureInfo.InvariantCulture);
            }

            if (isReplay)
            {
                headers[IdempotencyKey.ReplayedHeader] = "true";
            }
        });
    }
}
