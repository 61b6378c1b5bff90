using FaceSwap.Functions.Edge.Http;

namespace FaceSwap.Functions.Contract;

/// <summary>The contract and the page that shows it.</summary>
public sealed class ContractRoutes()
{
    /// <summary><c>GET /api/openapi.json</c>: this contract, as an OpenAPI 3.1 document.</summary>
    [Function(nameof(GetContract))]
    public Task<IResult> GetContract([HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "openapi.json")] HttpRequest request) =>
        Answers.RunAsync(() => Task.FromResult(Results.Bytes(ApiContract.Json, ApiContract.ContentType)));

    private static readonly Lazy<string> Page = new(() => DocsPage.Of(ApiContract.Json.Span));

    /// <summary><c>GET /api/docs</c>: this contract as a page for people, which loads and runs nothing.</summary>
    [Function(nameof(GetDocs))]
    public Task<IResult> GetDocs([HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "docs")] HttpRequest request) =>
        Answers.RunAsync(() => Task.FromResult<IResult>(new HeaderedResult(
            Results.Content(Page.Value, "text/html; charset=utf-8"),
            headers =>
            {
                headers.ContentSecurityPolicy = DocsPage.SecurityPolicy;
                headers.XContentTypeOptions = "nosniff";
                headers["Referrer-Policy"] = "no-referrer";
            })));
}
