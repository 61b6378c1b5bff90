using System.Text.Json;
using System.Text.Json.Serialization;
using FaceSwap.Errors;
using FaceSwap.Storage;
using Grpc.Core;

namespace FaceSwap.Functions.Edge.Http;

/// <summary>How every route answers: foreseeable failures become problems by RFC 9457; a defect is the host's. No answer is to be stored.</summary>
internal static class Answers
{
    /// <summary>How long a <c>DELETE</c> waits for the end of a removal before it answers 202.</summary>
    public static readonly TimeSpan LongestRemoval = TimeSpan.FromSeconds(20);

    private const string ProblemType = "application/problem+json";

    // Answers hold jobs, secrets and signed addresses: no cache on the way is to keep any of them.
    public static async Task<IResult> RunAsync(Func<Task<IResult>> route) =>
        new HeaderedResult(await AnswerAsync(route), headers => headers.CacheControl = "no-store");

    private static async Task<IResult> AnswerAsync(Func<Task<IResult>> route)
    {
        try
        {
            return await route();
        }
        catch (FaceSwapException failure)
        {
            return Problem(failure);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Problem(new FaceSwapException(ErrorCodes.MediaTooLarge, "The request body is larger than the limit, which is 32 MiB unless the operator set `Api__MaxFormBytes`.", inner: e));
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status408RequestTimeout)
        {
            return Problem(new FaceSwapException(ErrorCodes.RequestTooSlow, "The body came to a halt before its end.", inner: e));
        }
        catch (BadHttpRequestException e)
        {
            return Problem(new FaceSwapException(ErrorCodes.InvalidRequest, "The request is malformed.", inner: e));
        }
        catch (Exception e) when (e is RpcException || StorageFailures.IsAway(e, CancellationToken.None))
        {
            // The engine behind the durable client keeps its instances in the same account, and does not say why it cannot.
            return Problem(StorageFailures.Unavailable(e));
        }
    }

    /// <summary>A failure as the problem that an answer would be, for those who sent no request.</summary>
    public static byte[] Describe(FaceSwapException failure) => JsonSerializer.SerializeToUtf8Bytes(BodyOf(failure), ProblemJson.Default.ProblemBody);

    private static ProblemBody BodyOf(FaceSwapException failure)
    {
        var (entry, error) = (ErrorCatalog.Find(failure.Code), failure.ToError());
        return new ProblemBody($"urn:faceswap:problem:{entry.Code}", entry.Title, entry.Status, error.Detail, entry.Code, error.Remedy, failure.Items);
    }

    private static IResult Problem(FaceSwapException failure)
    {
        var entry = ErrorCatalog.Find(failure.Code);
        var error = failure.ToError();
        var body = BodyOf(failure);
        IResult answer = TypedResults.Json(body, ProblemJson.Default.ProblemBody, ProblemType, entry.Status);

        if (entry.Status == StatusCodes.Status401Unauthorized)
        {
            answer = new HeaderedResult(answer, headers => headers.WWWAuthenticate = "Bearer error=\"invalid_token\"");
        }

        // Whole seconds, and never sooner than the other side asked for.
        return error.RetryAfter is { } wait
            ? new HeaderedResult(answer, headers => headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString("0"))
            : answer;
    }
}

/// <summary>A result with headers of our own.</summary>
internal sealed class HeaderedResult(IResult inner, Action<IHeaderDictionary> headers) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        headers(httpContext.Response.Headers);
        return inner.ExecuteAsync(httpContext);
    }
}

/// <summary>A problem by RFC 9457, with the stable code and the remedy beside its standard members; of a batch, what is wrong with which items.</summary>
public sealed record ProblemBody(string Type, string Title, int Status, string Detail, string Code, string Remedy, IReadOnlyList<ItemProblem>? Items = null);

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProblemBody))]
internal sealed partial class ProblemJson : JsonSerializerContext;
