// API declaration, never shipped: compiled only where the package registry lacks the real Azure Functions worker packages.
namespace Microsoft.Azure.Functions.Worker.Middleware;

public delegate Task FunctionExecutionDelegate(FunctionContext context);
