using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using FaceSwap.Functions.Edge.Http;
using FaceSwap.Jobs;

namespace FaceSwap.Functions.Jobs.Api;

/// <summary>Answers of the routes after which a job is to be followed.</summary>
internal static class JobAnswers
{
    private const int PollSeconds = 5;

    /// <summary>202 with a job that was started, where to follow it, and when to look for the first time; 200 for one that has ended since.</summary>
    /// <param name="body">The answer.</param>
    /// <param name="type">Its JSON.</param>
    /// <param name="started">The job.</param>
    public static IResult Started<T>(T body, JsonTypeInfo<T> type, StartedJob started)
    {
        var answer = started.View.Status.IsFinal() ? Follow(body, type, started.View, StatusCodes.Status200OK) : Accepted(body, type, started.View);
        return started.IsReplay ? new HeaderedResult(answer, headers => headers[IdempotencyKey.ReplayedHeader] = "true") : answer;
    }

    /// <summary>202 with where to follow a job of which something was asked, and when to look for the first time.</summary>
    public static IResult Accepted<T>(T body, JsonTypeInfo<T> type, JobView job) => new HeaderedResult(
        Follow(body, type, job, StatusCodes.Status202Accepted), headers => headers.RetryAfter = PollSeconds.ToString(CultureInfo.InvariantCulture));

    private static HeaderedResult Follow<T>(T body, JsonTypeInfo<T> type, JobView job, int status) => new(
        Results.Json(body, type, statusCode: status),
        headers =>
        {
            headers.Location = job.Links.Self;
            headers["Operation-Location"] = job.Links.Self;
        });
}
