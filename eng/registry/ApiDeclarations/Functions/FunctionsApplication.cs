// API declaration, never shipped: compiled only where the package registry lacks the real Azure Functions worker packages.
namespace Microsoft.Azure.Functions.Worker.Builder;

public class FunctionsApplication
{
    /// <exception cref="NotSupportedException">Always: the worker is not in this build.</exception>
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) => throw FunctionsApplicationBuilder.NoWorker();
}
