using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using FaceSwap.Functions.Http.Edge;
using FaceSwap.Jobs;
using Microsoft.AspNetCore.Http;

namespace FaceSwap.Functions.Http.Jobs;

/// <summary>Answers of the routes that start a job.</summary>
internal static class JobAnswers
{
    private const int PollSeconds = 5;

    /// <summary>202 with a body, where to follow the job that was started, and when to look for the first time.</summary>
    public static IResult Accepted<T>(T body, JsonTypeInfo<T> type, JobView job) =>
        new HeaderedResult(Results.Json(body, type, statusCode: StatusCodes.Status202Accepted), headers =>
        {
            headers.Location = job.Links.Self;
            headers["Operation-Location"] = job.Links.Self;
            headers.RetryAfter = PollSeconds.ToString(CultureInfo.InvariantCulture);
        });
}
