// API declaration, never shipped: compiled only where the package registry lacks the real Azure Functions worker packages.
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>There is no worker to build: every member refuses and says what to do instead.</summary>
public class FunctionsApplicationBuilder : IHostApplicationBuilder, IFunctionsWorkerApplicationBuilder
{
    internal FunctionsApplicationBuilder()
    {
    }

    public IDictionary<object, object> Properties => throw NoWorker();

    IConfigurationManager IHostApplicationBuilder.Configuration => Configuration;

    public ConfigurationManager Configuration => throw NoWorker();

    public IHostEnvironment Environment => throw NoWorker();

    public ILoggingBuilder Logging => throw NoWorker();

    public IMetricsBuilder Metrics => throw NoWorker();

    public IServiceCollection Services => throw NoWorker();

    public IHost Build() => throw NoWorker();

    public void ConfigureContainer<TContainerBuilder>(
        IServiceProviderFactory<TContainerBuilder> factory, Action<TContainerBuilder>? configure = null)
        where TContainerBuilder : notnull => throw NoWorker();

    public IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware) =>
        throw NoWorker();

    internal static NotSupportedException NoWorker() => new(
        "This build compiled against API declarations, because the package registry lacks the Azure Functions worker: "
        + "start src/FaceSwap.LocalHost instead, or build with the real packages (FACESWAP_REGISTRY=full).");
}
