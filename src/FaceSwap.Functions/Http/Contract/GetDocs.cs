using FaceSwap.Functions.Http.Edge;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Functions.Http.Contract;

/// <summary><c>GET /api/docs</c>: this contract as a page for people, which loads and runs nothing.</summary>
public sealed class GetDocs
{
    private static readonly Lazy<string> Page = new(() => DocsPage.Of(ApiContract.Json.Span));

    [Function(nameof(GetDocs))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "docs")] HttpRequest request) =>
        Answers.RunAsync(() => Task.FromResult<IResult>(new HeaderedResult(
            Results.Content(Page.Value, "text/html; charset=utf-8"),
            headers =>
            {
                headers.ContentSecurityPolicy = DocsPage.SecurityPolicy;
                headers.XContentTypeOptions = "nosniff";
                headers["Referrer-Policy"] = "no-referrer";
            })));
}
