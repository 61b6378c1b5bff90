// API declaration, never shipped: compiled only where the package registry lacks the real Azure Functions worker packages.
namespace Microsoft.Azure.Functions.Worker.Builder;

public static class FunctionsApplicationBuilderAspNetCoreExtensions
{
    public static FunctionsApplicationBuilder ConfigureFunctionsWebApplication(this FunctionsApplicationBuilder builder) =>
        throw FunctionsApplicationBuilder.NoWorker();
}
