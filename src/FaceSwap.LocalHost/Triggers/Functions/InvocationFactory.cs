using FaceSwap.LocalHost.Hosting;

namespace FaceSwap.LocalHost.Triggers.Functions;

/// <summary>Prepares calls of functions.</summary>
internal sealed class InvocationFactory(IServiceScopeFactory scopes, DurableClientSource clients, TimeProvider time)
{
    public AsyncServiceScope NewScope() => scopes.CreateAsyncScope();

    public Invocation Create(
        FunctionInvoker invoker,
        IServiceProvider services,
        CancellationToken cancellation,
        object? triggerValue = null,
        Func<Type, object?>? readInput = null)
    {
        LocalFunctionContext context = new(NewId(), invoker.Definition, services, cancellation);
        return new Invocation(context, clients.Client)
        {
            TriggerValue = triggerValue,
            ReadInput = readInput ?? (static _ => null),
        };
    }

    public Invocation Create(FunctionInvoker invoker, HttpContext http)
    {
        LocalFunctionContext context = new(NewId(), invoker.Definition, http.RequestServices, http.RequestAborted);
        context.SetHttpContext(http);
        return new Invocation(context, clients.Client)
        {
            TriggerValue = http.Request,
            FindValue = name => http.Request.RouteValues.TryGetValue(name, out var value)
                ? value?.ToString()
                : http.Request.Query.TryGetValue(name, out var values) ? values.ToString() : null,
        };
    }

    private string NewId() => Guid.CreateVersion7(time.GetUtcNow()).ToString();
}
