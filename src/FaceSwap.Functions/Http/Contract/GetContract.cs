using FaceSwap.Functions.Http.Edge;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Functions.Http.Contract;

/// <summary><c>GET /api/openapi.json</c>: this contract, as an OpenAPI 3.1 document.</summary>
public sealed class GetContract
{
    [Function(nameof(GetContract))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "openapi.json")] HttpRequest request) =>
        Answers.RunAsync(() => Task.FromResult(Results.Bytes(ApiContract.Json, ApiContract.ContentType)));
}
