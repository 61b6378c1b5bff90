using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using FaceSwap.Functions.Http.Edge;
using FaceSwap.Functions.Instances;
using FaceSwap.Jobs;
using Microsoft.AspNetCore.Http;

namespace FaceSwap.Functions.Http.Jobs;

/// <summary>Answers of the routes that start a job.</summary>
internal static class JobAnswers
{
    private const int PollSeconds = 5;

    /// <summary>202 with a body, where to follow the job that was started, and when to look for the first time; 200 for one that has ended since.</summary>
    public static IResult Started<T>(T body, JsonTypeInfo<T> type, StartedJob started)
    {
        var (job, hasEnded) = (started.View, started.View.Status.IsFinal());
        return new HeaderedResult(Results.Json(body, type, statusCode: hasEnded ? StatusCodes.Status200OK : StatusCodes.Status202Accepted), headers =>
        {
            headers.Location = job.Links.Self;
            headers["Operation-Location"] = job.Links.Self;
            if (!hasEnded)
            {
                headers.RetryAfter = PollSeconds.ToString(CultureInfo.InvariantCulture);
            }

            if (started.IsReplay)
            {
                headers[IdempotencyKey.ReplayedHeader] = "true";
            }
        });
    }
}
