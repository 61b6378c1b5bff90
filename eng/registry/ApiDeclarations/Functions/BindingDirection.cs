// API declaration, never shipped: compiled only where the package registry lacks the real Azure Functions worker packages.
namespace Microsoft.Azure.Functions.Worker;

public enum BindingDirection
{
    In = 0,
    Out = 1,
}
