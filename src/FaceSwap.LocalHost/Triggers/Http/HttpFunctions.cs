using FaceSwap.LocalHost.Hosting;
using FaceSwap.LocalHost.Triggers.Functions;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.LocalHost.Triggers.Http;

/// <summary>Maps the HTTP functions to their routes, under the app's route prefix.</summary>
internal static class HttpFunctions
{
    public static void MapHttpFunctions(this IEndpointRouteBuilder endpoints)
    {
        IServiceProvider services = endpoints.ServiceProvider;
        var prefix = services.GetRequiredService<HostJson>().RoutePrefix.Trim('/');
        foreach ((FunctionDescriptor function, HttpTriggerAttribute trigger) in services.GetRequiredService<FunctionCatalog>().With<HttpTriggerAttribute>())
        {
            HttpFunctionHandler handler = ActivatorUtilities.CreateInstance<HttpFunctionHandler>(
                services, new FunctionInvoker(function), trigger.AuthLevel);
            var pattern = $"{prefix}/{(trigger.Route ?? function.Name).TrimStart('/')}";
            IEndpointConventionBuilder endpoint = trigger.Methods is { Length: > 0 } methods
                ? endpoints.MapMethods(pattern, methods.Select(method => method.ToUpperInvariant()), handler.HandleAsync)
                : endpoints.Map(pattern, handler.HandleAsync);
            endpoint.WithDisplayName(function.Name);
        }
    }
}
