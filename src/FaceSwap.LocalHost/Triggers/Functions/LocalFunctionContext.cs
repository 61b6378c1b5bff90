using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.LocalHost.Triggers.Functions;

/// <summary>The context of one call.</summary>
internal sealed class LocalFunctionContext(
    string invocationId, FunctionDefinition definition, IServiceProvider services, CancellationToken cancellation)
    : FunctionContext
{
    // Under this key the ASP.NET Core integration looks for the request of an invocation.
    private const string HttpContextKey = "HttpRequestContext";

    public override string InvocationId => invocationId;

    public override string FunctionId => definition.Id;

    public override TraceContext TraceContext { get; } = new LocalTraceContext();

    public override BindingContext BindingContext { get; } = new LocalBindingContext();

    // Functions are not retried here: the attributes for it do not apply to the triggers of this host.
    public override RetryContext RetryContext => null!;

    public override IServiceProvider InstanceServices { get; set; } = services;

    public override FunctionDefinition FunctionDefinition => definition;

    public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();

    public override IInvocationFeatures Features { get; } = new LocalInvocationFeatures();

    public override CancellationToken CancellationToken => cancellation;

    public void SetHttpContext(HttpContext http) => Items[HttpContextKey] = http;
}
